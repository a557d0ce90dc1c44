// @ts-check
// Move by keys: the cursor from segment to segment, the ends of a passage or of the chosen coding word by word, from coding to coding.

import { makeWords } from "./words.js";

/** @typedef {import("./reading.js").Span} Span */
/** @typedef {import("./reading.js").Coding} Coding */

const SAVE_AFTER = 500;

/**
 * @param {import("./reading.js").Page} page
 * @param {import("./reading.js").Reading} reading
 * @param {ReturnType<typeof import("./offsets.js").makeText>} text
 * @param {ReturnType<typeof import("./changes.js").makeChanges>} changes
 */
export function makeMoving(page, reading, text, changes) {
  const words = makeWords(text);
  /** @type {{ before: Coding, timer: number } | null} A coding whose ends are being moved, as it was before. */
  let moved = null;

  /** @param {Span} span @param {ScrollLogicalPosition} [block] */
  function reveal(span, block = "nearest") {
    text.element(text.blockAt(span.start)).scrollIntoView({ block });
  }

  function save() {
    if (!moved) return;
    const { before, timer } = moved, now = reading.get().codings.find((each) => each.id === before.id);
    clearTimeout(timer);
    moved = null;
    if (!now || (now.start === before.start && now.end === before.end)) return;
    const { start, end } = now;
    reading.replace(before.id, before);
    changes.edit(before, { start, end });
  }

  return {
    reveal, save, words,

    /** @param {number} by */
    step(by) {
      const { segment, selected } = reading.get();
      const at = selected ? reading.segmentAt(selected.start) : segment;
      const first = at < 0 ? reading.segmentAt(topOffset(text)) : at + by;
      getSelection()?.removeAllRanges();
      save();
      reading.set({ segment: Math.max(0, Math.min(first, page.segments.length - 1)), length: 1, selected: null, chosen: null });
      const span = reading.passage();
      if (span) reveal(span);
    },

    /** @param {number} by */
    extend(by) {
      const { segment, length, selected } = reading.get();
      if (segment < 0 || selected) return;
      reading.set({ length: Math.max(1, Math.min(length + by, page.segments.length - segment)) });
    },

    /** @param {"moveStart" | "moveEnd"} end @param {1 | -1} by Move an end of the chosen coding, or of the passage. */
    stretch(end, by) {
      const coding = reading.chosen();
      if (!coding) {
        const span = reading.passage();
        if (span) reading.set({ selected: words[end](span, by) });
        getSelection()?.removeAllRanges();
        return;
      }
      clearTimeout(moved?.timer);
      moved = { before: moved?.before.id === coding.id ? moved.before : coding, timer: window.setTimeout(save, SAVE_AFTER) };
      reading.replace(coding.id, { ...coding, ...words[end](coding, by) });
    },

    /** @param {number | null} id */
    choose(id) {
      save();
      reading.set({ chosen: id, selected: null });
      const coding = reading.chosen();
      if (coding) {
        reading.set({ segment: reading.segmentAt(coding.start), length: 1 });
        reveal(coding);
      }
    },

    /** @param {1 | -1} by Choose the coding after, or before, the chosen one or the cursor. */
    toCoding(by) {
      const shown = reading.shown().sort((one, other) => one.start - other.start || one.id - other.id);
      const place = shown.findIndex((each) => each.id === reading.get().chosen), from = reading.passage()?.start ?? topOffset(text);
      if (place >= 0) this.choose(shown[place + by]?.id ?? shown[place].id);
      else this.choose((by > 0 ? shown.find((each) => each.start >= from) ?? shown[0] : shown.findLast((each) => each.start <= from))?.id ?? null);
    },

    /** @param {1 | -1} by To the heading after, or before, the cursor. */
    toHeading(by) {
      const from = reading.passage()?.start ?? topOffset(text);
      const starts = [...document.querySelectorAll(".outline a")].map((link) => Number(/** @type {HTMLElement} */ (link).dataset.start));
      const to = by > 0 ? starts.find((start) => start > from) : starts.findLast((start) => start < from);
      if (to !== undefined) this.toOffset(to);
    },

    /** @param {number} offset Put the cursor on the segment at an offset, and show it near the top. */
    toOffset(offset) {
      save();
      reading.set({ segment: reading.segmentAt(offset), length: 1, selected: null, chosen: null });
      const span = { start: offset, end: offset };
      reveal(span, "start");
      requestAnimationFrame(() => reveal(span, "start")); // heights above are known by now
    },
  };
}

/** @param {ReturnType<typeof import("./offsets.js").makeText>} text @returns {number} Where the topmost block in the window begins. */
export function topOffset(text) {
  const root = /** @type {HTMLElement} */ (document.getElementById("text")), box = root.getBoundingClientRect();
  if (!box.height) return Number(document.getElementById("pages")?.dataset.top ?? 0); // only the pages are shown
  for (let y = box.top + 6; y < box.bottom; y += 18) {
    const block = document.elementsFromPoint(box.left + box.width / 3, y).map((each) => each.closest("[data-block]")).find(Boolean);
    if (block) return text.blocks[Number(/** @type {HTMLElement} */ (block).dataset.block)].start;
  }
  return 0;
}
