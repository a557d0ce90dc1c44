// @ts-check
// The drawer of a cell: claims on the left; the evidence of the chosen one on the right, by method and source.

import { html, nothing, render } from "../../vendor/lit-html.js";

/** @typedef {ReturnType<typeof import("../payloads/cells.js").CellDrawer>} Cell */
/** @typedef {Cell["claims"][number]} Claim */
/** @typedef {Cell["uncharted"][number]} Line */
/** @typedef {ReturnType<typeof import("../payloads/matrix.js").MatrixPage>} Page */
/** @typedef {{ page: Page, cell: Cell | null, claim: number | null, isOpen: boolean }} State */
/** @typedef {ReturnType<typeof import("./actions.js").makeActions> & { close: () => void, choose: (claim: number) => void, compose: (claim: Claim | null) => void, markCell: () => void }} Actions */

const STANCES = ["supports", "qualifies", "contradicts", "context"];
const KINDS = ["fact", "view", "judgement"];

/** @param {Page} page @param {string} id */
const findState = (page, id) => page.states.find((state) => state.id === id);

/** @param {Page} page @param {string} id */
function chip(page, id) {
  const look = findState(page, id);
  return html`<span class="chip s-${id}" title=${look?.label ?? id} aria-hidden="true">${look?.letter ?? ""}</span><span class="sr">${look?.label}</span>`;
}

/** @param {Page} page @param {Claim} claim @param {Cell} cell @param {boolean} isChosen @param {Actions} actions */
function drawClaim(page, claim, cell, isChosen, actions) {
  const above = cell.claims[cell.claims.indexOf(claim) - 1];
  /** @param {DragEvent} event */
  const drop = (event) => { event.preventDefault(); actions.link(claim.id, Number(event.dataTransfer?.getData("text/coding")), "supports"); };
  return html`<div class="claim${isChosen ? " chosen" : ""}" data-claim=${claim.id} @dragover=${(/** @type {Event} */ event) => event.preventDefault()} @drop=${drop}>
    <button type="button" class="pick" aria-pressed=${isChosen ? "true" : "false"} @click=${() => actions.choose(claim.id)}>
      ${chip(page, claim.status)} ${claim.is_key ? html`<span class="tag">key</span>` : nothing} <span class="tag">${claim.kind}</span>
      <span class="paragraph">${claim.paragraph}</span></button>
    ${isChosen ? html`<p class="why s-${claim.status}">${claim.why}</p>
      ${claim.quotation ? html`<p class="quotation"><q>${claim.quotation}</q></p>` : nothing}${claim.comment ? html`<p class="soft">${claim.comment}</p>` : nothing}
      ${claim.values.length ? html`<p>${claim.values.map((value) => html`<span class="tag">${value}</span> `)}</p>` : nothing}
      <p class="tools"><button type="button" @click=${() => actions.compose(claim)}>Edit <kbd>E</kbd></button>
        <button type="button" aria-pressed=${claim.is_key ? "true" : "false"} @click=${() => actions.edit(claim, { is_key: !claim.is_key })}>Key</button>
        <select aria-label="Kind of claim" @change=${(/** @type {Event} */ event) => actions.edit(claim, { kind: /** @type {HTMLSelectElement} */ (event.target).value })}>${KINDS.map((kind) => html`<option ?selected=${kind === claim.kind}>${kind}</option>`)}</select>
        ${above ? html`<button type="button" @click=${() => actions.merge(above, claim.id)}>Merge up</button>` : nothing}
        <button type="button" @click=${() => actions.remove(claim)}>Delete</button></p>` : nothing}
  </div>`;
}

/** @param {Line} line @param {number | null} claim @param {Actions} actions */
function drawPassage(line, claim, actions) {
  const where = `/sources/${encodeURIComponent(line.source)}#coding=${line.coding}`;
  const said = [line.source_title, line.is_inferred ? "inferred" : ""].filter(Boolean).join(" · ");
  /** @param {DragEvent} event */
  const drag = (event) => event.dataTransfer?.setData("text/coding", String(line.coding));
  return html`<div class="passage ${line.stance || "loose"}" tabindex="0" role="group" aria-label="${line.cite} ${line.stance}" data-coding=${line.coding} draggable=${line.stance ? "false" : "true"} @dragstart=${drag}>
    <q>${line.quote}</q><small><a href=${where}>${line.cite}</a> · ${said}${line.note ? ` · ${line.note}` : ""}</small>
    ${line.stance && claim !== null ? html`<p class="tools"><select aria-label="Stance of ${line.cite}" @change=${(/** @type {Event} */ event) => actions.relink(claim, line.coding, { stance: /** @type {HTMLSelectElement} */ (event.target).value })}>${STANCES.map((stance) => html`<option ?selected=${stance === line.stance}>${stance}</option>`)}</select>
      <button type="button" aria-pressed=${line.is_inferred ? "true" : "false"} @click=${() => actions.relink(claim, line.coding, { is_inferred: !line.is_inferred })}>Inferred</button>
      <button type="button" @click=${() => actions.unlink(claim, line.coding)}>Take away</button></p>` : nothing}
    ${!line.stance && claim !== null ? html`<p class="tools"><button type="button" @click=${() => actions.link(claim, line.coding, "supports")}>Use for the chosen claim <kbd>U</kbd></button></p>` : nothing}
  </div>`;
}

/** @param {Page} page @param {readonly Line[]} lines @param {number | null} claim @param {Actions} actions */
function drawByMethod(page, lines, claim, actions) {
  return [...new Set(lines.map((line) => line.method))].map((method) => {
    const look = page.methods.find((each) => each.id === method);
    return html`<p class="method"><i class="lamp l-supports" aria-hidden="true">${look?.letter ?? "·"}</i> ${look?.label ?? method}</p>
      ${lines.filter((line) => line.method === method).map((line) => drawPassage(line, claim, actions))}`;
  });
}

/** @param {HTMLElement} place @param {State} state @param {Actions} actions */
export function drawDrawer(place, state, actions) {
  const { cell, page } = state;
  place.hidden = !state.isOpen || !cell;
  if (!cell || !state.isOpen) return;
  const chosen = cell.claims.find((claim) => claim.id === state.claim);
  const look = findState(page, cell.state);
  render(html`
    <header><button type="button" class="plain close" @click=${actions.close} aria-label="Close the drawer">Close <kbd>Esc</kbd></button>
      <p class="soft">${cell.site.code} ${cell.site.name} × ${cell.theme.group}</p><h2>${cell.theme.label}</h2>
      <p class="soft">${chip(page, cell.state)} ${look?.label} · ${cell.claims.length} ${cell.claims.length === 1 ? "claim" : "claims"} · sources examined ${cell.examined}/${cell.sources}
        ${cell.claims.length ? nothing : html`<button type="button" class="plain" @click=${cell.reason ? actions.unmark : actions.markCell}>${cell.reason ? "Applicable after all" : "Mark not applicable"}</button>`}</p></header>
    <div class="columns">
      <section aria-label="Claims"><h3>Claims</h3>
        ${cell.claims.length ? cell.claims.map((claim) => drawClaim(page, claim, cell, claim.id === state.claim, actions)) : html`<p class="empty">${cell.why}</p>`}
        <div class="editor" id="editor"></div>
        <p><button type="button" id="write" @click=${() => actions.compose(null)}>Write a claim <kbd>N</kbd></button></p></section>
      <section aria-label="Evidence">
        ${chosen ? html`<h3>Evidence for the chosen claim</h3>${chosen.evidence.length ? drawByMethod(page, chosen.evidence, chosen.id, actions) : html`<p class="empty">None yet. Cite a passage in the claim, or use one from below.</p>`}` : nothing}
        ${cell.uncharted.length ? html`<h3>Coded here, not yet used · ${cell.uncharted.length}</h3>${cell.uncharted.map((line) => drawPassage(line, chosen?.id ?? null, actions))}` : nothing}</section>
    </div>`, place);
}
