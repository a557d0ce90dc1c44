// @ts-check
// The drawer of a cell: its head, claims on the left, evidence on the right, a passage in its place below.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { drawClaims } from "./claims.js";
import { restoreDrafts, watchDrafts } from "../lib/drafts.js";
import { drawEvidence } from "./evidence.js";
import { drawMemos } from "./memos.js";
import { chip, count, inWords, lookOf, readerAddress, spotOf } from "./words.js";

/** @typedef {import("./words.js").Cell} Cell */
/** @typedef {import("./words.js").State} State */
/** @typedef {import("./words.js").Actions} Actions */

const HINTS = [["N", "new claim"], ["E", "edit"], ["J K", "claims"], ["V", "evidence"], ["U", "use"], ["S Q C X", "stance"], ["O", "open passage"], ["Alt+↓", "next cell"]];

/** Lay the drawer out, once. @param {HTMLElement} place @param {Actions} actions */
export function makeDrawer(place, actions) {
  render(html`<div class="grip" id="grip" role="separator" tabindex="0" aria-label="Width of the drawer" aria-orientation="vertical" aria-controls="drawer" aria-valuemin="360" aria-valuemax="1200"></div>
    <header id="drawer-head"></header>
    <div class="columns">
      <section aria-label="Claims" tabindex="-1"><h3>Claims</h3><ol class="claims" id="claims"></ol><div id="no-claims"></div><div class="editor" id="editor-new"></div>
        <p><button type="button" id="write" @click=${() => actions.compose(null)}>Write a claim <kbd>N</kbd></button></p><div id="around"></div></section>
      <section aria-label="Evidence" id="evidence" tabindex="-1"></section>
    </div>
    <section class="peek" id="peek" aria-label="The passage in its place" hidden></section>
    <footer aria-hidden="true">${HINTS.map(([keys, told]) => html`<span>${keys.split(" ").map((key) => html`<kbd>${key}</kbd> `)}${told}</span>`)}</footer>`, place);
  watchDrafts(place);
}

/** @param {HTMLElement} place @param {State} state @param {Actions} actions */
export function drawDrawer(place, state, actions) {
  const { cell } = state;
  place.hidden = !state.isOpen || !cell;
  if (!cell || !state.isOpen) return;
  render(drawHead(cell, state, actions), part(place, "#drawer-head"));
  drawClaims(part(place, "#claims"), state, actions);
  render(cell.claims.length ? nothing : html`<p class="empty">${cell.why}</p>`, part(place, "#no-claims"));
  render(drawAround(cell, state, actions), part(place, "#around"));
  render(drawEvidence(state, actions), part(place, "#evidence"));
  restoreDrafts(place);
}

/** @param {HTMLElement} place @param {string} selector @returns {HTMLElement} */
const part = (place, selector) => /** @type {HTMLElement} */ (place.querySelector(selector));

/** @param {Cell} cell @param {State} state @param {Actions} actions */
function drawHead(cell, state, actions) {
  const group = cell.theme.group === cell.theme.label ? "" : ` × ${cell.theme.group}`;
  return html`<button type="button" class="plain close" @click=${actions.close}>Close <kbd>Esc</kbd></button>
    <p class="soft">${cell.site.code} ${cell.site.name}${group}</p><h2 title=${cell.theme.definition}>${cell.theme.label}</h2>
    <p class="soft">${chip(state.page, cell.state)} ${lookOf(state.page, cell.state)?.label} · ${count(cell.claims.length, "claim")} · sources examined ${cell.examined}/${cell.sources}
      <button type="button" class="plain" @click=${() => actions.step(-1)} aria-label="Previous cell">◂</button><button type="button" class="plain" @click=${() => actions.step(1)} aria-label="Next cell">▸</button>
      ${cell.claims.length ? nothing : html`<button type="button" class="plain" @click=${cell.reason ? actions.unmark : actions.markCell}>${cell.reason ? "Applicable after all" : "Mark not applicable"}</button>`}</p>
    ${cell.claims.length ? html`<details><summary>Why the cell is so</summary><p class="why s-${cell.state}">${cell.why}</p></details>` : nothing}`;
}

/** @param {Cell} cell @param {State} state @param {Actions} actions */
function drawAround(cell, state, actions) {
  const left = cell.coverage.filter((line) => line.standing !== "examined").length;
  return html`<details ?open=${!cell.claims.length}><summary>Sources examined for the theme <b>${cell.coverage.length - left} of ${cell.coverage.length}</b></summary>
      ${cell.coverage.length ? html`<ul class="small-list">${cell.coverage.map((line) => drawCoverage(line, cell, actions))}</ul>` : html`<p class="empty">No source was collected for the site. <a href="/sources">Import one</a>.</p>`}</details>
    ${drawMemos(cell.memos, null, actions)}`;
}

/** @param {Cell["coverage"][number]} line @param {Cell} cell @param {Actions} actions */
function drawCoverage(line, cell, actions) {
  const isDone = line.standing === "examined";
  return html`<li data-source=${line.source}><a href=${readerAddress(line.source, spotOf(cell))}>${line.source}</a> <span class="grow">${line.title}</span> <span class="soft">${line.standing === "not" ? "not examined" : line.standing === "again" ? "to examine again" : inWords(line.standing)}</span>
    <span class="tools"><button type="button" aria-pressed=${isDone ? "true" : "false"} @click=${() => actions.cover(line.source, isDone ? "" : "examined")}>Examined</button>
      <button type="button" aria-pressed=${line.standing === "partly" ? "true" : "false"} @click=${() => actions.cover(line.source, line.standing === "partly" ? "" : "partly")}>Partly</button></span></li>`;
}
