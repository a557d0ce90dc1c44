// @ts-check
// The drawer of a cell: claims on the left; the evidence of the chosen one on the right, by method and source.

import { html, nothing, render } from "../../vendor/lit-html.js";

/** @typedef {ReturnType<typeof import("../payloads.js").CellDrawer>} Cell */
/** @typedef {ReturnType<typeof import("../payloads.js").ClaimCard>} Claim */
/** @typedef {ReturnType<typeof import("../payloads.js").EvidenceLine>} Line */
/** @typedef {ReturnType<typeof import("../payloads.js").MatrixPage>} Page */
/** @typedef {{ page: Page, cell: Cell | null, claim: number | null, isOpen: boolean }} State */

/** @param {Page} page @param {string} id */
const findState = (page, id) => page.states.find((state) => state.id === id);

/** @param {Page} page @param {string} id */
function chip(page, id) {
  const look = findState(page, id);
  return html`<span class="chip s-${id}" title=${look?.label ?? id} aria-hidden="true">${look?.letter ?? ""}</span><span class="sr">${look?.label}</span>`;
}

/** @param {Page} page @param {Claim} claim @param {boolean} isChosen @param {(claim: number) => void} choose */
function drawClaim(page, claim, isChosen, choose) {
  return html`<button type="button" class="claim" aria-pressed=${isChosen ? "true" : "false"} @click=${() => choose(claim.id)}>
    ${chip(page, claim.status)} ${claim.is_key ? html`<span class="tag">key</span>` : nothing} <span class="tag">${claim.kind}</span>
    <p>${claim.paragraph}</p>
    ${isChosen ? html`<p class="why s-${claim.status}">${claim.why}</p>` : nothing}
  </button>`;
}

/** @param {Line} line */
function drawPassage(line) {
  const said = [line.cite, line.source_title, line.stance, line.is_inferred ? "inferred" : line.stance ? "direct" : ""].filter(Boolean);
  return html`<div class="passage ${line.stance || "loose"}"><q>${line.quote}</q><small>${said.join(" · ")}${line.note ? ` · ${line.note}` : ""}</small></div>`;
}

/** @param {Page} page @param {readonly Line[]} lines */
function drawByMethod(page, lines) {
  const methods = [...new Set(lines.map((line) => line.method))];
  return methods.map((method) => {
    const look = page.methods.find((each) => each.id === method);
    return html`<p class="method"><i class="lamp l-supports" aria-hidden="true">${look?.letter ?? "·"}</i> ${look?.label ?? method}</p>
      ${lines.filter((line) => line.method === method).map(drawPassage)}`;
  });
}

/** @param {HTMLElement} place @param {State} state @param {{ close: () => void, choose: (claim: number) => void }} actions */
export function drawDrawer(place, state, actions) {
  const { cell, page } = state;
  place.hidden = !state.isOpen || !cell;
  if (!cell || !state.isOpen) return;
  const chosen = cell.claims.find((claim) => claim.id === state.claim);
  const look = findState(page, cell.state);
  render(html`
    <header><button type="button" class="plain close" @click=${actions.close} aria-label="Close the drawer">Close <kbd>Esc</kbd></button>
      <p class="soft">${cell.site.code} ${cell.site.name} × ${cell.theme.group}</p><h2>${cell.theme.label}</h2>
      <p class="soft">${chip(page, cell.state)} ${look?.label} · ${cell.claims.length} ${cell.claims.length === 1 ? "claim" : "claims"} · sources examined ${cell.examined}/${cell.sources}</p></header>
    <div class="columns">
      <section aria-label="Claims"><h3>Claims</h3>
        ${cell.claims.length ? cell.claims.map((claim) => drawClaim(page, claim, claim.id === state.claim, actions.choose)) : html`<p class="empty">${cell.why}</p>`}</section>
      <section aria-label="Evidence">
        ${chosen ? html`<h3>Evidence for the chosen claim</h3>${chosen.evidence.length ? drawByMethod(page, chosen.evidence) : html`<p class="empty">None yet.</p>`}` : nothing}
        ${cell.uncharted.length ? html`<h3>Coded here, not yet used · ${cell.uncharted.length}</h3>${cell.uncharted.map(drawPassage)}` : nothing}</section>
    </div>`, place);
}
