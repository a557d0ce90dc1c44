// @ts-check
// Select with the mouse: a bar beside the selection offers the picker and the themes used last.

import { html, render } from "../../vendor/lit-html.js";
import { recentAmong } from "./picker.js";

const OFFERED = 4, GAP = 8;

/**
 * @param {import("./reading.js").Reading} reading
 * @param {ReturnType<typeof import("./offsets.js").makeText>} text
 * @param {{ pick: () => void, code: (theme: string) => void }} does
 */
export function watchSelection(reading, text, does) {
  const root = /** @type {HTMLElement} */ (document.getElementById("text"));
  const bar = document.createElement("div");
  bar.className = "selection-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Code the selection");
  bar.hidden = true;
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // or the selection would go
  document.body.append(bar);
  let isDragging = false;

  /** @returns {Range | null} */
  function selectedRange() {
    const chosen = getSelection();
    const range = chosen?.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
    return range && root.contains(range.startContainer) ? range : null;
  }

  function show() {
    const range = selectedRange();
    bar.hidden = !range || !reading.get().selected || isDragging;
    if (!range || bar.hidden) return;
    render(html`<button type="button" class="main" @click=${does.pick}>Code… <kbd>Enter</kbd></button>${recentAmong(reading.get().themes).slice(0, OFFERED).map((theme, place) => html`<button type="button" title=${theme.path} @click=${() => does.code(theme.id)}><span class="swatch ${theme.look}"></span>${theme.label} <kbd>${place + 1}</kbd></button>`)}`, bar);
    const boxes = range.getClientRects(), box = boxes[boxes.length - 1];
    const top = box.bottom + GAP + bar.offsetHeight < innerHeight ? box.bottom + GAP : box.top - GAP - bar.offsetHeight;
    bar.style.cssText = `top:${Math.max(GAP, top)}px;left:${Math.max(GAP, Math.min(box.right - 60, innerWidth - bar.offsetWidth - GAP))}px`;
  }

  document.addEventListener("selectionchange", () => {
    const range = selectedRange(), span = range && text.span(range);
    const { selected } = reading.get();
    if (span) reading.set({ selected: text.trim(span), chosen: null });
    else if (selected && !bar.hidden) reading.set({ selected: null });
    show();
  });
  root.addEventListener("pointerdown", () => { isDragging = true; show(); });
  window.addEventListener("pointerup", () => { isDragging = false; setTimeout(show); });
  root.addEventListener("scroll", show, { passive: true });
  return { hide: () => { bar.hidden = true; } };
}
