// @ts-check
// Memos on a claim or on the cell: read, written, changed, removed.

import { html, nothing } from "../../vendor/lit-html.js";
import { sending } from "./sending.js";

/** @typedef {import("./words.js").Claim} Claim */
/** @typedef {import("./words.js").Actions} Actions */
/** @typedef {Claim["memos"][number]} Memo */

const KINDS = ["", "analytic", "methodological", "reflexive", "descriptive"];

/** @param {readonly Memo[]} memos @param {Claim | null} claim Null: on the cell. @param {Actions} actions */
export function drawMemos(memos, claim, actions) {
  const on = claim ? "claim" : "cell";
  return html`<details class="memos"><summary>Memos on the ${on} ${memos.length ? html`<b>${memos.length}</b>` : nothing}</summary>
    <ul class="small-list">${memos.map((memo) => html`<li><b class="grow">${memo.title}</b> <span class="soft">${[memo.kind, memo.author, memo.made_on].filter(Boolean).join(" · ")}</span>
      <button type="button" class="plain" aria-label="Remove the memo ${memo.title}" @click=${() => actions.removeMemo(memo)}>Remove</button>
      <p>${memo.text}</p><details><summary>Change</summary>${drawForm(memo, claim, actions)}</details></li>`)}</ul>
    ${drawForm(null, claim, actions)}</details>`;
}

/** @param {Memo | null} memo @param {Claim | null} claim @param {Actions} actions */
function drawForm(memo, claim, actions) {
  const key = memo ? `memo:${memo.id}` : `memo:${claim ? `claim${claim.id}` : "cell"}`;
  const about = memo ? { edition: memo.edition } : { claim: claim?.id ?? null };
  return html`<form class="editor" data-draft=${key} @submit=${sending((sent) => actions.writeMemo({ ...sent, ...about }, memo?.id))}>
    <label>${memo ? "Title" : "New memo"} <input class="full" name="title" required .defaultValue=${memo?.title ?? ""}></label>
    <label>Text <textarea name="text" rows="2" .defaultValue=${memo?.text ?? ""}></textarea></label>
    <p><select name="kind" aria-label="Kind of memo">${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === (memo?.kind ?? "")}>${kind || "no kind"}</option>`)}</select> <button>${memo ? "Save" : "Write memo"}</button></p></form>`;
}
