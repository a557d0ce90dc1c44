// @ts-check
// What people decide on a claim: contested ones, methods in pairs, the member check; its memos and its history.

import { html, nothing } from "../../vendor/lit-html.js";
import { drawMemos } from "./memos.js";
import { sending } from "./sending.js";
import { CHECKS, CONVERGENCES, DECISIONS, inWords, nameMethod, options } from "./words.js";

/** @typedef {import("./words.js").Claim} Claim */
/** @typedef {import("./words.js").State} State */
/** @typedef {import("./words.js").Actions} Actions */

/** @param {Claim} claim @param {State} state @param {Actions} actions */
export function drawDeciding(claim, state, actions) {
  return html`${claim.can_be_decided || claim.decision ? drawDecision(claim, actions) : nothing}
    ${claim.pairs.length ? drawPairs(claim, state, actions) : nothing}
    ${drawCheck(claim, actions)}
    ${drawMemos(claim.memos, claim, actions)}
    <p><button type="button" class="plain" @click=${() => actions.showHistory(claim)}>History of the claim <kbd>H</kbd></button></p>`;
}

/** @param {Claim} claim @param {Actions} actions */
function drawDecision(claim, actions) {
  const made = claim.decision;
  return html`<details ?open=${claim.status === "contested"}><summary>Decide <b>${made ? (made.is_stale ? "again" : inWords(made.decision)) : "open"}</b></summary>
    ${made ? html`<p>${made.is_stale ? "No longer good, because the evidence changed since: " : ""}${inWords(made.decision)}, because ${made.reason} <span class="soft">${made.decided_by}, ${made.decided_on}</span>
      <button type="button" class="plain" @click=${() => actions.withdraw(claim.id)}>Take back</button></p>` : nothing}
    ${claim.can_be_decided ? html`<form class="editor" data-draft="decision:${claim.id}" @submit=${sending((made_) => actions.decide(claim.id, made_))}>
      <label>Decision <select name="decision" required>${made ? nothing : html`<option value="">Choose …</option>`}${options(DECISIONS, made?.decision ?? "")}</select></label>
      <label>Reason <textarea name="reason" rows="2" required></textarea></label><p><button>Decide</button></p></form>` : nothing}</details>`;
}

/** @param {Claim} claim @param {State} state @param {Actions} actions */
function drawPairs(claim, state, actions) {
  const open = claim.pairs.filter((pair) => pair.awaits).length;
  return html`<details><summary>Methods in pairs ${open ? html`<b>${open} to confirm</b>` : nothing}</summary>
    <ul class="small-list">${claim.pairs.map((pair) => html`<li><form class="tools" data-draft="pair:${claim.id}:${pair.first}:${pair.second}" @submit=${sending((made) => actions.confirm(claim.id, pair.first, pair.second, made))}>
      <span class="grow">${nameMethod(state.page, pair.first)} and ${nameMethod(state.page, pair.second).toLowerCase()}: <b>${inWords(pair.stands)}</b> <span class="soft">${tellState(pair)}</span></span>
      <select name="confirmed" aria-label="What they come to"><option value="">as suggested</option>${CONVERGENCES.map((each) => html`<option value=${each}>${inWords(each)}</option>`)}</select>
      <input name="reason" size="14" aria-label="Reason, where it is not what was suggested" placeholder="reason if other"><button>Confirm</button>
      ${pair.state === "open" ? nothing : html`<button type="button" @click=${() => actions.reopen(claim.id, pair.first, pair.second)}>Reopen</button>`}</form></li>`)}</ul></details>`;
}

/** @param {Claim["pairs"][number]} pair */
function tellState(pair) {
  if (pair.state === "open") return "suggested";
  const said = pair.reason ? `: ${pair.reason}` : "";
  return pair.state === "changed" ? `confirmed otherwise before${said}; suggested now` : `confirmed by ${pair.coder}${said}`;
}

/** @param {Claim} claim @param {Actions} actions */
function drawCheck(claim, actions) {
  const made = claim.check;
  return html`<details><summary>Member check <b>${inWords(made?.state ?? "not_sent")}</b></summary>
    ${made ? html`<p>${made.informant ? `${made.informant}: ` : ""}${made.reply || "no answer recorded"} <span class="soft">${made.coder}, ${made.made_on}</span></p>` : nothing}
    <form class="editor" data-draft="check:${claim.id}" @submit=${sending((sent) => actions.check(claim.id, sent))}>
      <label>It is <select name="state">${options(CHECKS, made?.state ?? "sent")}</select></label>
      <label>Informant <input class="full" name="informant" .defaultValue=${made?.informant ?? ""}></label>
      <label>Answer <textarea name="reply" rows="2" .defaultValue=${made?.reply ?? ""}></textarea></label><p><button>Record</button> <span class="soft">Never evidence; new facts are a source of their own.</span></p></form></details>`;
}
