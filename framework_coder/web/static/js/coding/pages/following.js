// @ts-check
// Side by side: what one scrolls, the text or the pages, the other follows. What keys move is shown on both sides anyway.

import { topOffset } from "../moving.js";

/** A place that has no word on the page: one so many characters further down stands for it. */
const REACH = 200;
const INSET = 8;
const SCROLLING = new Set(["PageDown", "PageUp", "Home", "End", "ArrowDown", "ArrowUp", " "]);

/** @param {HTMLElement} pages @param {ReturnType<typeof import("../offsets.js").makeText>} text @param {import("./placing.js").Placing} placing @param {() => boolean} isBoth */
export function followEachOther(pages, text, placing, isBoth) {
  const words = /** @type {HTMLElement} */ (document.getElementById("text"));
  /** @type {HTMLElement | null} What a person scrolls. */
  let leader = null;
  let isWaiting = false;

  /** @returns {number} The offset at the top of the text, to the line. */
  function topOfText() {
    const box = words.getBoundingClientRect(), block = text.element(text.blockAt(topOffset(text))).getBoundingClientRect();
    return text.offsetUnder(block.left + INSET, Math.max(block.top, box.top) + INSET) ?? topOffset(text);
  }

  /** @param {number} offset */
  function alignText(offset) {
    const range = text.ranges({ start: offset, end: offset + 1 })[0];
    if (range) words.scrollTop += range.getBoundingClientRect().top - words.getBoundingClientRect().top - INSET;
  }

  function follow() {
    isWaiting = false;
    if (leader === words && isBoth()) placing.align(topOfText(), REACH);
    pages.dataset.top = String(placing.topOffset());
    if (leader === pages && isBoth()) alignText(placing.topOffset());
  }

  for (const pane of [words, pages]) {
    for (const name of ["wheel", "pointerdown", "touchstart"]) pane.addEventListener(name, () => (leader = pane), { passive: true });
    pane.addEventListener("keydown", ({ key, altKey }) => (leader = SCROLLING.has(key) && !altKey ? pane : null));
    pane.addEventListener("scroll", () => {
      if (isWaiting || (pane === words && leader !== words)) return;
      isWaiting = true;
      requestAnimationFrame(follow);
    }, { passive: true });
  }
}
