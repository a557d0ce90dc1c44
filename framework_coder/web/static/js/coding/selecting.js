// @ts-check
// Select with the mouse: a bar beside the selection offers the picker and the themes used last.

import { html, render } from "../../vendor/lit-html.js";
import { recentAmong } from "./picker.js";

const OFFERED = 4, GAP = 8;

/** @typedef {{ root: HTMLElement, span: (range: Range) => import("./offsets.js").Span | null, box: (range: Range) => DOMRect }} Surface Where words can be selected; `box`: what the bar stands beside. */

/** @param {ReturnType<typeof import("./offsets.js").makeText>} text @returns {Surface} */
export const textSurface = (text) => ({
  root: /** @type {HTMLElement} */ (document.getElementById("text")), span: text.span,
  box: (range) => [...range.getClientRects()].pop() ?? range.getBoundingClientRect(),
});

/**
 * @param {import("./reading.js").Reading} reading
 * @param {ReturnType<typeof import("./offsets.js").makeText>} text
 * @param {readonly Surface[]} surfaces
 * @param {{ pick: () => void, code: (theme: string) => void }} does
 */
export function watchSelection(reading, text, surfaces, does) {
  const bar = document.createElement("div");
  bar.className = "selection-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Code the selection");
  bar.hidden = true;
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // or the selection would go
  document.body.append(bar);
  let isDragging = false;

  /** @returns {{ range: Range, surface: Surface } | null} */
  function selectedRange() {
    const chosen = getSelection();
    const range = chosen?.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
    const surface = range && surfaces.find(({ root }) => root.contains(range.startContainer));
    return range && surface ? { range, surface } : null;
  }

  function show() {
    const found = selectedRange();
    bar.hidden = !found || !reading.get().selected || isDragging;
    if (!found || bar.hidden) return;
    render(html`<button type="button" class="main" @click=${does.pick}>Code… <kbd>Enter</kbd></button>${recentAmong(reading.get().themes).slice(0, OFFERED).map((theme, place) => html`<button type="button" title=${theme.path} @click=${() => does.code(theme.id)}><span class="swatch ${theme.look}"></span>${theme.label} <kbd>${place + 1}</kbd></button>`)}`, bar);
    const box = found.surface.box(found.range);
    const top = box.bottom + GAP + bar.offsetHeight < innerHeight ? box.bottom + GAP : box.top - GAP - bar.offsetHeight;
    bar.style.cssText = `top:${Math.max(GAP, top)}px;left:${Math.max(GAP, Math.min(box.right - 60, innerWidth - bar.offsetWidth - GAP))}px`;
  }

  document.addEventListener("selectionchange", () => {
    const found = selectedRange(), span = found && found.surface.span(found.range);
    const { selected } = reading.get();
    if (span) reading.set({ selected: text.trim(span), chosen: null });
    else if (selected && !bar.hidden) reading.set({ selected: null });
    show();
  });
  for (const { root } of surfaces) {
    root.addEventListener("pointerdown", () => { isDragging = true; show(); });
    root.addEventListener("scroll", show, { passive: true });
  }
  window.addEventListener("pointerup", () => { isDragging = false; setTimeout(show); });
  return { hide: () => { bar.hidden = true; } };
}
