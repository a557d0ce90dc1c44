// @ts-check
// The state of the reader: codings and themes as they are, the cursor, what is chosen, what is filtered.

import { makeStore } from "../lib/store.js";

/** @typedef {ReturnType<typeof import("../payloads/reader.js").ReaderPage>} Page */
/** @typedef {ReturnType<typeof import("../payloads/reader.js").ReaderCoding>} Coding */
/** @typedef {ReturnType<typeof import("../payloads/reader.js").ReaderTheme>} Theme */
/** @typedef {import("./offsets.js").Span} Span */
/** @typedef {ReturnType<typeof makeReading>} Reading */
/** @typedef {{ theme: string, coder: string, state: string }} Filter Empty fields leave all in; a theme includes those below it. */
/** @typedef {ReturnType<Reading["get"]>} State */

export const NO_FILTER = { theme: "", coder: "", state: "" };

/** @param {Page} page @param {ReturnType<typeof import("./offsets.js").makeText>} text */
export function makeReading(page, text) {
  const store = makeStore({
    ...page.now,
    /** @type {number} The segment under the cursor, -1 for none. */ segment: -1,
    /** @type {number} How many segments the cursor covers. */ length: 1,
    /** @type {Span | null} What was selected with the mouse, or word by word. */ selected: null,
    /** @type {number | null} The coding that was chosen. */ chosen: null,
    /** @type {Filter} */ filter: NO_FILTER,
    /** @type {string} A theme that is pointed at: only its passages show meanwhile. */ peek: "",
    /** @type {string} The site that new codings are for. */ site: page.sites[0] ?? "",
  });
  /** @type {Map<string, Theme>} */
  let themes = new Map(page.now.themes.map((theme) => [theme.id, theme]));
  store.subscribe((now, before) => {
    if (now.themes !== before.themes) themes = new Map(now.themes.map((theme) => [theme.id, theme]));
  });

  /** @param {string} theme @param {string} above @returns {boolean} */
  function isWithin(theme, above) {
    for (let each = theme; each; each = themes.get(each)?.parent ?? "") if (each === above) return true;
    return false;
  }

  return {
    ...store,
    isWithin,

    /** @param {string} id @returns {Theme | undefined} */
    theme: (id) => themes.get(id),

    /** @param {number} place @returns {Span} A segment without the space after it. */
    segment(place) {
      const start = page.segments[place], end = text.blocks[text.blockAt(start)].end;
      return text.trim({ start, end: Math.min(page.segments[place + 1] ?? end, end) });
    },

    /** @param {number} offset @returns {number} The segment that an offset is in. */
    segmentAt(offset) {
      let low = 0, high = page.segments.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (page.segments[middle] <= offset) low = middle; else high = middle - 1;
      }
      return high < 0 ? -1 : low;
    },

    /** @returns {Span | null} What would be coded: the selection, else the segments under the cursor. */
    passage() {
      const { selected, segment, length } = store.get();
      if (selected || segment < 0) return selected;
      const last = Math.min(segment + length, page.segments.length) - 1;
      return { start: this.segment(segment).start, end: this.segment(last).end };
    },

    /** @returns {Coding | null} */
    chosen() {
      const { codings, chosen } = store.get();
      return codings.find((each) => each.id === chosen) ?? null;
    },

    /** @returns {Coding[]} The codings that the filter leaves, or those of the theme pointed at. */
    shown() {
      const { codings, filter, peek } = store.get();
      if (peek) return codings.filter((each) => isWithin(each.theme, peek));
      if (filter === NO_FILTER) return codings;
      return codings.filter((each) => (!filter.theme || isWithin(each.theme, filter.theme)) && (!filter.coder || each.coder === filter.coder) && (!filter.state || each.state === filter.state));
    },

    /** @returns {Coding[]} The proposals that the filter leaves, in the order of the text. */
    proposals() {
      return this.shown().filter((each) => each.state === "proposed").sort((one, other) => one.start - other.start || one.id - other.id);
    },

    /** Take over what the server says; `entry` moves only where nothing in between was missed. @param {number} entry */
    noteEntry(entry) {
      if (entry === store.get().entry + 1) store.set({ entry });
    },

    /** @param {number} id @param {Coding | null} coding Put a coding in place of one, or take it away. */
    replace(id, coding) {
      const { codings } = store.get();
      store.set({ codings: coding ? codings.map((each) => (each.id === id ? coding : each)) : codings.filter((each) => each.id !== id) });
    },
  };
}
