// @ts-check
// Find in the document: all hits are marked, Enter and Shift+Enter go from one to the next. The browser's own Ctrl+F is left alone.

import { html, nothing, render } from "../../vendor/lit-html.js";

/** @typedef {import("./offsets.js").Span} Span */

const LEAST = 2, MOST = 20000;

/** @param {string} words @returns {RegExp} */
const pattern = (words) => new RegExp(words.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+"), "giu");

/**
 * @param {ReturnType<typeof import("./offsets.js").makeText>} text
 * @param {ReturnType<typeof import("./painter.js").makePainter>} painter
 * @param {{ from: () => number, reveal: (span: Span) => void, close: (at: Span | null) => void }} does
 */
export function makeFinding(text, painter, does) {
  const box = /** @type {HTMLElement} */ (document.getElementById("find"));
  /** @type {Span[]} */
  let hits = [];
  let at = -1, typed = "";

  /** @returns {Span[]} */
  function search() {
    if (typed.trim().length < LEAST) return [];
    const wanted = pattern(typed);
    /** @type {Span[]} */
    const found = [];
    for (let block = 0; block < text.nodes.length && found.length < MOST; block += 1) {
      for (const hit of text.nodes[block].data.matchAll(wanted)) found.push({ start: text.offsetAt(block, hit.index), end: text.offsetAt(block, hit.index + hit[0].length) });
    }
    return found;
  }

  /** @param {number} by */
  function go(by) {
    if (!hits.length) return;
    at = (at + by + hits.length) % hits.length;
    does.reveal(hits[at]);
    draw();
  }

  /** @param {InputEvent} event */
  function type(event) {
    typed = /** @type {HTMLInputElement} */ (event.target).value;
    hits = search();
    const from = does.from(), place = hits.findIndex((hit) => hit.end > from);
    at = hits.length ? Math.max(place, 0) : -1;
    if (at >= 0) does.reveal(hits[at]);
    draw();
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function close() {
    const here = hits[at] ?? null;
    box.hidden = true;
    hits = [];
    at = -1;
    painter.mark("found", []);
    painter.mark("here", []);
    does.close(here);
  }

  function draw() {
    painter.mark("found", hits);
    painter.mark("here", hits[at] ? [hits[at]] : []);
    const count = hits.length ? `${at + 1} of ${hits.length}` : typed.trim().length < LEAST ? nothing : "not found";
    render(html`<label>Find <input type="search" aria-label="Find in this source" autocomplete="off" .value=${typed} @input=${type} @keydown=${press}></label><output aria-live="polite">${count}</output>
      <button type="button" aria-label="Hit before" title="Hit before (Shift+Enter)" @click=${() => go(-1)}>↑</button><button type="button" aria-label="Next hit" title="Next hit (Enter)" @click=${() => go(1)}>↓</button><button type="button" class="plain" @click=${close}>Close <kbd>Esc</kbd></button>`, box);
  }

  return {
    open() {
      box.hidden = false;
      draw();
      const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
      input.focus();
      input.select();
      if (typed) { hits = search(); at = hits.length ? 0 : -1; draw(); }
    },
  };
}
