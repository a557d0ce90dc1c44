// @ts-check
// A passage in its place: the paragraphs around it, below the claims, so that one's place in the cell is kept.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { ask } from "../lib/api.js";
import { PassageContext } from "../payloads/cells.js";
import { readerAddress } from "./words.js";

/** @typedef {ReturnType<typeof PassageContext>} Context */

/** @param {HTMLElement} place @param {number} coding @param {{ site: string, theme: string }} cell @param {() => void} close */
export async function showPeek(place, coding, cell, close) {
  const context = await ask(`/api/passages/${coding}`, PassageContext);
  const where = readerAddress(context.source, cell, coding);
  place.hidden = false;
  render(html`<header><span><b>${context.cite}</b> ${context.title} <span class="soft">${context.told}</span></span>
      <a href=${where}>Open in the reader</a> <button type="button" class="plain" @click=${close}>Back <kbd>Esc</kbd></button></header>
    ${context.blocks.length ? context.blocks.map(drawBlock) : html`<p class="empty">The passage no longer stands in the current text; place it again in the reader.</p>`}`, place);
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  const mark = place.querySelector("mark");
  if (mark) place.scrollTop += mark.getBoundingClientRect().top - place.getBoundingClientRect().top - place.clientHeight / 3;
}

/** @param {Context["blocks"][number]} block */
function drawBlock(block) {
  return html`<p class="block ${block.kind}" title=${block.place}>${block.before}${block.passage ? html`<mark>${block.passage}</mark>` : nothing}${block.after}</p>`;
}
