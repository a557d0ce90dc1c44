// @ts-check
// Steps from word to word, across blocks: to move either end of a passage by keys, and to snap what is dragged.

/** @typedef {ReturnType<typeof import("./offsets.js").makeText>} Text */
/** @typedef {import("./offsets.js").Span} Span */

const WORD = /[\p{L}\p{M}\p{N}_]+(?:['’-][\p{L}\p{M}\p{N}_]+)*|[^\s\p{L}\p{M}\p{N}_]+/gu;

/** @param {Text} text */
export function makeWords(text) {
  /** @param {number} block @returns {Span[]} The words of a block, in offsets. */
  const of = (block) => [...text.nodes[block].data.matchAll(WORD)].map((found) => ({
    start: text.offsetAt(block, found.index), end: text.offsetAt(block, found.index + found[0].length),
  }));

  /** @param {number} from @param {1 | -1} way @param {(word: Span) => boolean} fits @returns {Span | undefined} The first word that fits, from a block on. */
  function look(from, way, fits) {
    for (let block = from; block >= 0 && block < text.blocks.length; block += way) {
      const words = of(block), found = way > 0 ? words.find(fits) : words.findLast(fits);
      if (found) return found;
    }
    return undefined;
  }

  return {
    /** @param {Span} span @param {1 | -1} by @returns {Span} The end moved by a word; at least a word is left. */
    moveEnd({ start, end }, by) {
      const at = text.unitAt(end, true).block;
      const word = by > 0 ? look(at, 1, (each) => each.end > end) : look(at, -1, (each) => each.end < end);
      return word && word.end > start ? { start, end: word.end } : { start, end };
    },

    /** @param {Span} span @param {1 | -1} by @returns {Span} The start moved by a word; at least a word is left. */
    moveStart({ start, end }, by) {
      const at = text.blockAt(start);
      const word = by > 0 ? look(at, 1, (each) => each.start > start) : look(at, -1, (each) => each.start < start);
      return word && word.start < end ? { start: word.start, end } : { start, end };
    },

    /** @param {number} offset @returns {Span | undefined} The word at an offset, or the next one. */
    at(offset) {
      const block = text.blockAt(offset);
      return look(block, 1, (each) => each.end > offset) ?? look(block, -1, () => true);
    },
  };
}
