// @ts-check
// The list on the left: how many codings and proposals stand under each heading; which sources copy another.

import { ask } from "../lib/api.js";
import { list } from "../lib/decode.js";
import { Alike } from "../payloads/reading.js";

/** @typedef {import("./reading.js").Coding} Coding */

export function makeOutline() {
  const lines = [...document.querySelectorAll(".outline a")].map((link) => {
    const note = /** @type {HTMLElement} */ (link.querySelector("small"));
    return { start: Number(/** @type {HTMLElement} */ (link).dataset.start), link, note, page: note.textContent ?? "" };
  });
  /** @type {Element | null} */
  let here = null;

  /** @param {number} offset @returns {number} The last heading at or before an offset, -1 before the first. */
  function headingOf(offset) {
    let low = -1, high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lines[middle].start <= offset) low = middle; else high = middle - 1;
    }
    return low;
  }

  return {
    /** @param {readonly Coding[]} codings Say how many stand under each heading. */
    count(codings) {
      const made = lines.map(() => ({ codings: 0, proposals: 0 }));
      for (const coding of codings) {
        const at = headingOf(coding.start);
        if (at >= 0) made[at][coding.state === "proposed" ? "proposals" : "codings"] += 1;
      }
      lines.forEach(({ note, page }, place) => {
        const { codings: some, proposals } = made[place];
        const told = [page, some && `${some} coding${some > 1 ? "s" : ""}`, proposals && `${proposals} proposal${proposals > 1 ? "s" : ""}`].filter(Boolean).join(" · ");
        if (note.textContent !== told) note.textContent = told;
      });
    },

    /** @param {number} offset Mark the heading that an offset is under. */
    mark(offset) {
      const now = lines[headingOf(offset)]?.link ?? null;
      if (now === here) return;
      here?.removeAttribute("aria-current");
      now?.setAttribute("aria-current", "location");
      here = now;
    },
  };
}

/** Say which sources beside this one copy another; asked when there is nothing better to do. @param {string} ref */
export async function tellAlike(ref) {
  const found = await ask(`/api/sources/${encodeURIComponent(ref)}/alike`, list(Alike)).catch(() => []);
  for (const { ref: copy, told } of found) {
    const note = document.querySelector(`.beside [data-ref="${CSS.escape(copy)}"] small`);
    if (note) note.textContent = [note.textContent, told].filter(Boolean).join(" · ");
  }
}
