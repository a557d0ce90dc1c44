// @ts-check
// States, stances and decisions in words, shared by the parts of the drawer.

import { html } from "../../vendor/lit-html.js";

/** @typedef {ReturnType<typeof import("../payloads/cells.js").CellDrawer>} Cell */
/** @typedef {Cell["claims"][number]} Claim */
/** @typedef {Cell["uncharted"][number]} Line */
/** @typedef {ReturnType<typeof import("../payloads/matrix.js").MatrixPage>} Page */
/** @typedef {ReturnType<typeof import("./actions.js").makeActions>} Changes */
/** @typedef {Changes & { close: () => void, choose: (claim: number) => void, compose: (claim: Claim | null) => void, markCell: () => void, peek: (coding: number) => void, step: (by: number) => void, showHistory: (claim: Claim) => void, noteMemo: (claim: Claim | null) => void }} Actions */
/** @typedef {{ page: Page, cell: Cell | null, claim: number | null, isOpen: boolean }} State */

/** The address of a source, or of a passage in it, that leads back to the cell. @param {string} source @param {{ site: string, theme: string }} cell @param {number} [coding] */
export function readerAddress(source, cell, coding) {
  const back = `${location.pathname}${location.search}#cell=${cell.site}/${cell.theme}`;
  return `/sources/${encodeURIComponent(source)}?from=${encodeURIComponent(back)}${coding === undefined ? "" : `#coding=${coding}`}`;
}

/** @param {Cell} cell */
export const spotOf = (cell) => ({ site: cell.site.code, theme: cell.theme.id });

export const STANCES = /** @type {const} */ ([["supports", "S"], ["qualifies", "Q"], ["contradicts", "C"], ["context", "X"]]);
export const KINDS = ["fact", "view", "judgement"];
export const PROMINENCES = ["not rated", "passing", "notable", "dominant"];
export const DECISIONS = ["accept_support", "accept_contradiction", "both_by_period", "both_by_perspective", "both_by_part", "left_open"];
export const CHECKS = ["not_sent", "sent", "confirmed", "corrected", "disputed", "no_reply"];
export const CONVERGENCES = ["agreement", "partial", "dissonance", "silence", "pending", "not_assessable", "no_evidence"];

/** @param {string} id `left_open` as `left open`. */
export const inWords = (id) => id.replaceAll("_", " ");

/** @param {number} number @param {string} one */
export const count = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;

/** @param {Page} page @param {string} id */
export const lookOf = (page, id) => page.states.find((state) => state.id === id);

/** @param {Page} page @param {string} id */
export const nameMethod = (page, id) => page.methods.find((method) => method.id === id)?.label ?? inWords(id);

/** @param {Page} page @param {string} id */
export function chip(page, id) {
  const look = lookOf(page, id);
  return html`<span class="chip s-${id}" title=${look?.definition ?? id} aria-hidden="true">${look?.letter ?? ""}</span><span class="sr">${look?.label}</span>`;
}

/** @param {readonly string[]} choices @param {string} chosen */
export const options = (choices, chosen) => choices.map((each) => html`<option value=${each} ?selected=${each === chosen}>${inWords(each)}</option>`);
