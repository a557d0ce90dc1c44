// @ts-check
// How large the pages are: as wide as there is room, or so many per cent.

import { html, render } from "../../../vendor/lit-html.js";

/** CSS pixels a point at 100 %. */
const WHOLE = 96 / 72;
const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];
const LEAST = 0.3, SPARE = 24;

/** @param {HTMLElement} root @param {() => number} widest Points. @param {() => void} tell Called when the size has changed. */
export function makeZoom(root, widest, tell) {
  const bar = /** @type {HTMLElement} */ (document.getElementById("zoom"));
  /** @type {number | null} Null: as wide as there is room. */
  let chosen = Number(sessionStorage.getItem("zoom")) || null;
  let pixels = WHOLE;

  function fit() {
    const margin = /** @type {HTMLElement | null} */ (root.querySelector(".margin"))?.offsetWidth ?? 0;
    return Math.max(LEAST, (root.clientWidth - margin - SPARE) / widest());
  }

  function apply() {
    if (!root.clientWidth) return;
    const place = root.scrollTop / Math.max(1, root.scrollHeight);
    pixels = chosen === null ? fit() : chosen * WHOLE;
    root.style.setProperty("--z", String(pixels));
    root.scrollTop = place * root.scrollHeight;
    draw();
    tell();
  }

  /** @param {number | null} size */
  function set(size) {
    chosen = size;
    sessionStorage.setItem("zoom", String(size ?? ""));
    apply();
  }

  const larger = () => set(STEPS.find((step) => step > pixels / WHOLE + 0.01) ?? STEPS[STEPS.length - 1]);
  const smaller = () => set(STEPS.findLast((step) => step < pixels / WHOLE - 0.01) ?? STEPS[0]);

  function draw() {
    render(html`<button type="button" aria-label="Smaller pages" title="Smaller (Shift+Z)" @click=${smaller}>−</button><button type="button" title="100 %" aria-label="Pages at 100 %" @click=${() => set(1)}>${Math.round((100 * pixels) / WHOLE)} %</button><button type="button" aria-label="Larger pages" title="Larger (Z)" @click=${larger}>+</button><button type="button" aria-pressed=${String(chosen === null)} title="As wide as there is room (W)" @click=${() => set(null)}>Fit width</button>`, bar);
  }

  new ResizeObserver(() => { if (chosen === null) apply(); }).observe(root);
  return { apply, larger, smaller, fitWidth: () => set(null), pixels: () => pixels, hide: () => render(html``, bar) };
}
