// @ts-check
// A claim as a card: its paragraph, and where it is chosen why it stands as it does and what can be done to it.

import { html, nothing } from "../../vendor/lit-html.js";
import { drawDeciding } from "./deciding.js";
import { chip, KINDS, options } from "./words.js";

/** @typedef {import("./words.js").Claim} Claim */
/** @typedef {import("./words.js").State} State */
/** @typedef {import("./words.js").Actions} Actions */

/** Citations apart from the words. @param {string} paragraph */
function drawParagraph(paragraph) {
  return paragraph.split(/(\[[^\]]+\])/).map((part) => (/^\[[^\]]+\]$/.test(part) ? html`<cite>${part}</cite>` : part));
}

/** @param {Claim} claim @param {State} state @param {Actions} actions */
export function drawCard(claim, state, actions) {
  const isChosen = claim.id === state.claim;
  return html`<button type="button" class="pick" aria-pressed=${isChosen ? "true" : "false"} @click=${() => actions.choose(claim.id)}>
      ${chip(state.page, claim.status)} ${claim.is_key ? html`<span class="tag">key</span>` : nothing} <span class="tag">${claim.kind}</span>
      ${claim.theme !== state.cell?.theme.id ? html`<span class="tag">${claim.theme_label}</span>` : nothing}
      <span class="paragraph">${drawParagraph(claim.paragraph)}</span></button>
    ${isChosen ? drawMore(claim, state, actions) : nothing}`;
}

/** @param {Claim} claim @param {State} state @param {Actions} actions */
function drawMore(claim, state, actions) {
  return html`<p class="why s-${claim.status}" aria-live="polite">${claim.why}</p>
    ${claim.quotation ? html`<p class="quotation" title="Quotation"><q>${claim.quotation}</q></p>` : nothing}
    ${claim.comment ? html`<p class="comment" title="Comment">${claim.comment}</p>` : nothing}
    ${claim.values.length ? html`<p>${claim.values.map((value) => html`<span class="tag">${value}</span> `)}</p>` : nothing}
    ${drawTools(claim, state, actions)}
    ${drawDeciding(claim, state, actions)}`;
}

/** @param {Claim} claim @param {State} state @param {Actions} actions */
function drawTools(claim, state, actions) {
  const claims = state.cell?.claims ?? [], place = claims.indexOf(claim);
  const above = claims[place - 1], below = claims[place + 1];
  /** @param {Event} event */
  const setKind = (event) => actions.edit(claim, { kind: /** @type {HTMLSelectElement} */ (event.target).value });
  return html`<p class="tools"><button type="button" @click=${() => actions.compose(claim)}>Edit <kbd>E</kbd></button>
    <button type="button" aria-pressed=${claim.is_key ? "true" : "false"} title="Key claims decide the state of the cell" @click=${() => actions.edit(claim, { is_key: !claim.is_key })}>Key</button>
    <select aria-label="Kind of claim" @change=${setKind}>${options(KINDS, claim.kind)}</select>
    ${above ? html`<button type="button" title="Shift and arrow up" aria-label="Move the claim up" @click=${() => actions.move(claim.id, "before", above.id)}>↑</button>` : nothing}
    ${below ? html`<button type="button" title="Shift and arrow down" aria-label="Move the claim down" @click=${() => actions.move(claim.id, "after", below.id)}>↓</button>` : nothing}
    ${above ? html`<button type="button" title="Merge into the claim above (M)" @click=${() => actions.merge(above, claim)}>Merge up</button>` : nothing}
    ${below ? html`<button type="button" title="Merge the claim below into this one" @click=${() => actions.merge(claim, below)}>Merge down</button>` : nothing}
    <button type="button" @click=${() => actions.remove(claim)}>Delete</button></p>`;
}
