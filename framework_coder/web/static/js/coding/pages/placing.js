// @ts-check
// Where the text stands among the pages: a span is brought into the window, a place to its top.

import { boxesOf } from "./boxes.js";

/** @typedef {import("../offsets.js").Span} Span */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {ReturnType<typeof makePlacing>} Placing */

const GAP = 12;

/** @param {HTMLElement} root @param {() => Sheet[]} sheets @param {() => number} pixels So many a point. @param {ReturnType<typeof import("../offsets.js").makeText>} text */
export function makePlacing(root, sheets, pixels, text) {
  let turns = 0;

  /** @param {Span} span @returns {Sheet[]} The page that a span begins on, and its neighbours: heads and feet stand in the text where they divide no sentence. */
  function around(span) {
    const all = sheets(), place = all.findLastIndex(({ outline }) => outline.start <= span.start);
    const told = /^p(\d+)/.exec(text.element(text.blockAt(span.start)).dataset.place ?? "");
    return [place, Number(told?.[1] ?? 0) - 1, place + 1, place - 1].flatMap((each) => all[each] ?? []);
  }

  /** @param {Span} span @returns {Promise<{ top: number, bottom: number } | null>} Where it stands in the scroller; null where that is not known, or no longer wanted. */
  async function find(span) {
    const turn = ++turns;
    for (const sheet of around(span)) {
      await sheet.read();
      if (turn !== turns) return null; // another place is wanted by now
      const boxes = boxesOf(sheet.lines(), { start: span.start, end: Math.max(span.end, span.start + 1) });
      if (boxes.length) return { top: sheet.element.offsetTop + boxes[0].top * pixels(), bottom: sheet.element.offsetTop + boxes[boxes.length - 1].bottom * pixels() };
    }
    return null;
  }

  return {
    /** @param {Span} span Bring its words into the window. */
    async reveal(span) {
      const found = await find(span);
      if (!found) return;
      const isSeen = found.top >= root.scrollTop && Math.min(found.bottom, found.top + root.clientHeight / 2) <= root.scrollTop + root.clientHeight;
      if (!isSeen) root.scrollTop = found.top - root.clientHeight / 3;
    },

    /** @param {number} offset @param {number} length Of the text from there in which words may stand. Bring them to the top. */
    async align(offset, length) {
      const found = await find({ start: offset, end: offset + length });
      if (found) root.scrollTop = found.top - GAP;
    },

    /** @returns {number} Where the topmost line in the window begins. */
    topOffset() {
      const sheet = sheets().find(({ element }) => element.offsetTop + element.offsetHeight > root.scrollTop + 40);
      if (!sheet) return 0;
      const top = (root.scrollTop - sheet.element.offsetTop) / pixels();
      const starts = sheet.lines().filter((line) => line[0].top >= top).map((line) => line[0].start);
      return starts.length ? Math.min(...starts) : sheet.outline.start;
    },
  };
}
