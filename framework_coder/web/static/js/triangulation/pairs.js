// @ts-check
// A pair of methods on a claim, as a row of the table has it; and what else it may come to.

import { html } from "../../vendor/lit-html.js";
import { showDialog } from "../lib/dialogs.js";

const OUTCOMES = ["agreement", "partial", "silence", "dissonance", "no_evidence", "pending", "not_assessable"];

/** @param {HTMLElement} row */
export const pairOf = (row) => ({ claim: Number(row.dataset.claim), first: row.dataset.first ?? "", second: row.dataset.second ?? "" });

/** @param {readonly HTMLElement[]} rows @returns {Promise<{ confirmed: string, reason: string } | null>} */
export async function askOutcome(rows) {
  const suggested = rows[0].dataset.suggested ?? "";
  const answer = await showDialog(rows.length === 1 ? "Decide otherwise on the pair of methods" : `Decide otherwise on ${rows.length} pairs of methods`, (close) => {
    /** @param {SubmitEvent} event */
    const send = (event) => {
      event.preventDefault();
      close(JSON.stringify(Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target)))));
    };
    return html`<form @submit=${send}><p class="soft">Suggested: ${suggested.replaceAll("_", " ")}.</p>
      <label>It comes to <select name="confirmed">${OUTCOMES.filter((each) => each !== suggested).map((each) => html`<option value=${each}>${each.replaceAll("_", " ")}</option>`)}</select></label>
      <label>Reason <textarea name="reason" rows="3" required></textarea></label>
      <p class="buttons"><button class="main">Confirm</button> <button type="button" @click=${() => close(null)}>Cancel</button></p></form>`;
  });
  return answer === null ? null : JSON.parse(answer);
}
