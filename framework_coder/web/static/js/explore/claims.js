// @ts-check
// Choose claims: type to filter, tick those that are meant.

import { html, render } from "../../vendor/lit-html.js";
import { ask } from "../lib/api.js";
import { showDialog } from "../lib/dialogs.js";
import { FoundClaims } from "../payloads/explore.js";

const TITLES = { supports: "Rest the finding on claims", contradicts: "Claims that speak against the finding", exception: "Claims of sites that are exceptions" };

/** @param {string} role @returns {Promise<number[]>} The numbers of the claims that were ticked. */
export async function pickClaims(role) {
  /** @type {Set<number>} */
  const chosen = new Set();
  const list = document.createElement("div");
  /** @param {string} typed */
  const fill = async (typed) => {
    const found = await ask(`/api/claims?q=${encodeURIComponent(typed)}`, FoundClaims);
    render(html`<ul>${found.claims.map((claim) => html`<li><label><input type="checkbox" .checked=${chosen.has(claim.id)} @change=${() => (chosen.has(claim.id) ? chosen.delete(claim.id) : chosen.add(claim.id))}>
      <span class="chip s-${claim.status}" aria-hidden="true">${claim.letter}</span><span><b>${claim.site} × ${claim.label}</b> ${claim.summary} <span class="soft">claim ${claim.id}</span></span></label></li>`)}</ul>
      <p class="soft" role="status">${found.total === 0 ? "No claim fits." : found.total > found.claims.length ? `The first ${found.claims.length} of ${found.total}; type more to narrow them.` : `${found.total} fit.`}</p>`, list);
  };
  fill("");
  const answer = await showDialog(TITLES[/** @type {keyof typeof TITLES} */ (role)], (close) => html`<form class="pick-claims" @submit=${(/** @type {Event} */ event) => { event.preventDefault(); close("link"); }}>
    <label>Words of the claim, its site or theme <input type="search" autocomplete="off" autofocus @input=${(/** @type {InputEvent} */ event) => fill(/** @type {HTMLInputElement} */ (event.target).value)}></label>${list}
    <p class="buttons"><button class="main">Link those ticked</button> <button type="button" @click=${() => close(null)}>Cancel</button></p></form>`);
  return answer === null ? [] : [...chosen];
}
