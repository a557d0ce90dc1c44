// @ts-check
// The one place where code points (what the project counts) and UTF-16 units (what the browser counts) meet.

/** @typedef {{ start: number, end: number }} Span In code points, half open. */

/** @param {readonly (readonly [number, number])[]} spans Where each block begins and ends. */
export function makeText(spans) {
  const blocks = spans.map(([start, end]) => ({ start, end }));
  /** @type {Text[]} One text node a block, as the page came. */
  const nodes = [...document.querySelectorAll("[data-block]")].map((element) => {
    if (!element.firstChild) element.append("");
    return /** @type {Text} */ (element.firstChild);
  });
  // only a block whose two lengths differ holds signs beyond the basic plane
  const isPlain = nodes.map((node, place) => node.length === blocks[place].end - blocks[place].start);

  /** @param {number} offset @returns {number} The last block that begins at or before an offset. */
  function blockAt(offset) {
    let low = 0, high = blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (blocks[middle].start <= offset) low = middle; else high = middle - 1;
    }
    return low;
  }

  /** @param {number} block @param {number} points @returns {number} UTF-16 units before a code point of a block. */
  function toUnits(block, points) {
    if (isPlain[block]) return points;
    let units = 0, left = points;
    for (const sign of nodes[block].data) {
      if (left-- <= 0) break;
      units += sign.length;
    }
    return units;
  }

  /** @param {number} block @param {number} units */
  const toPoints = (block, units) => (isPlain[block] ? units : [...nodes[block].data.slice(0, units)].length);

  return {
    nodes, blocks, blockAt,

    /** @param {number} offset @returns {{ block: number, unit: number }} The place in a block's own string; at the end of a block it stays in that block. */
    unitAt(offset, isEnd = false) {
      let block = blockAt(offset);
      if (isEnd && block > 0 && blocks[block].start === offset) block -= 1;
      return { block, unit: toUnits(block, Math.min(offset, blocks[block].end) - blocks[block].start) };
    },

    /** @param {number} block @param {number} unit @returns {number} The offset of a place in a block's own string. */
    offsetAt: (block, unit) => blocks[block].start + toPoints(block, unit),

    /** @param {number} block @returns {HTMLElement} */
    element: (block) => /** @type {HTMLElement} */ (nodes[block].parentElement),

    /** @param {number} x @param {number} y @returns {number | null} The offset under a point of the window. */
    offsetUnder(x, y) {
      const caret = document.caretPositionFromPoint?.(x, y);
      return caret ? pointOf(caret.offsetNode, caret.offset, true) : null;
    },

    /** @param {Span} span @returns {Range[]} One range a block that the span touches. */
    ranges(span) {
      const found = [];
      for (let block = blockAt(span.start); block < blocks.length && blocks[block].start < span.end; block += 1) {
        const start = Math.max(span.start, blocks[block].start), end = Math.min(span.end, blocks[block].end);
        if (start >= end) continue;
        const range = document.createRange();
        range.setStart(nodes[block], toUnits(block, start - blocks[block].start));
        range.setEnd(nodes[block], toUnits(block, end - blocks[block].start));
        found.push(range);
      }
      return found;
    },

    /** @param {Range} range @returns {Span | null} What a selection covers, or null where it is not in the text. */
    span(range) {
      const from = pointOf(range.startContainer, range.startOffset, true), to = pointOf(range.endContainer, range.endOffset, false);
      return from === null || to === null || from >= to ? null : { start: from, end: to };
    },

    /** @param {Span} span @returns {string} The words of a span, a space between blocks. */
    words(span) {
      return this.ranges(span).map((range) => range.toString()).join(" ");
    },

    /** @param {Span} span @returns {Span} The span without white space at its ends. */
    trim(span) {
      let { start, end } = span;
      const first = this.words({ start, end: Math.min(end, blocks[blockAt(start)].end) });
      start += first.length - first.trimStart().length;
      const last = blocks[this.unitAt(end, true).block], tail = this.words({ start: Math.max(start, last.start), end });
      end = Math.min(end, last.end) - (tail.length - tail.trimEnd().length);
      return start < end ? { start, end } : span;
    },
  };

  /** @param {Node} node @param {number} offset @param {boolean} isStart @returns {number | null} */
  function pointOf(node, offset, isStart) {
    const element = node instanceof Element ? node : node.parentElement;
    let holder = element?.closest("[data-block]");
    if (!holder) {
      const child = node.childNodes[isStart ? offset : offset - 1];
      const inside = child instanceof Element ? child.querySelectorAll("[data-block]") : [];
      holder = inside[isStart ? 0 : inside.length - 1];
      if (!holder) return null;
      const block = Number(/** @type {HTMLElement} */ (holder).dataset.block);
      return isStart ? blocks[block].start : blocks[block].end;
    }
    const block = Number(/** @type {HTMLElement} */ (holder).dataset.block);
    if (node === nodes[block]) return blocks[block].start + toPoints(block, offset);
    return offset === 0 ? blocks[block].start : blocks[block].end;
  }
}
