// @ts-check
// The mouse on a page: drag from word to word, twice on a word takes it, a click chooses the coding under it.

import { wordAt } from "./boxes.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./boxes.js").Word} Word */
/** @typedef {{ sheet: Sheet, word: Word, distance: number, x: number }} Spot The word at a point, or nearest to it; `x` is the point's, on the page. */

/** In points: so far from a word a click is still meant for it. */
const NEAR = 8;
const EDGE = 30, STEP = 24;

/**
 * @param {HTMLElement} root
 * @param {() => Iterable<Sheet>} sheets Those near the window.
 * @param {(word: Word | null) => void} click
 */
export function watchMouse(root, sheets, click) {
  /** @type {Spot | null} */
  let from = null;
  let hasMoved = false;

  /** @param {MouseEvent} event @returns {Spot | null} */
  function spotAt(event) {
    /** @type {Spot | null} */
    let best = null;
    for (const sheet of sheets()) {
      const box = sheet.paper.getBoundingClientRect(), zoom = box.height / sheet.outline.height;
      const x = (event.clientX - box.left) / zoom, found = wordAt(sheet.lines(), x, (event.clientY - box.top) / zoom);
      if (found && (!best || found.distance < best.distance)) best = { sheet, x, ...found };
    }
    return best;
  }

  /** @param {Spot} one @param {Spot} other */
  function select(one, other) {
    const [first, last] = one.word.start <= other.word.start ? [one, other] : [other, one];
    const begin = first.sheet.place(first.word), end = last.sheet.place(last.word);
    if (begin && end) getSelection()?.setBaseAndExtent(begin.node, begin.start, end.node, end.end);
  }

  root.addEventListener("mousedown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.button !== 0 || !target?.closest(".paper") || target.closest(".handle")) return;
    event.preventDefault(); // the browser's own dragging jumps in the white between lines
    root.focus({ preventScroll: true });
    from = spotAt(event);
    hasMoved = event.detail > 1;
    if (from && hasMoved && from.distance < NEAR) select(from, from); else getSelection()?.removeAllRanges();
  });
  window.addEventListener("mousemove", (event) => {
    if (!from || !(event.buttons & 1)) return;
    const to = spotAt(event), box = root.getBoundingClientRect();
    if (event.clientY > box.bottom - EDGE) root.scrollTop += STEP;
    if (event.clientY < box.top + EDGE) root.scrollTop -= STEP;
    if (!to || (to.word === from.word && !hasMoved && to.distance > 0)) return;
    hasMoved ||= to.word !== from.word;
    if (hasMoved) select(from, to);
  });
  window.addEventListener("mouseup", () => {
    if (from && !hasMoved) click(from.distance < NEAR ? from.word : null);
    from = null;
  });
  return { spotAt };
}
