// @ts-check
// Queues, convergence, decisions and member checks: decide by key or mouse, see why, go on to the next.

import { change } from "../lib/api.js";
import { makeCursor } from "../lib/cursor.js";
import { askWords } from "../lib/dialogs.js";
import { askNews, tell } from "../lib/page.js";
import { keepFresh } from "../lib/refresh.js";
import { listen } from "../lib/shortcuts.js";
import { Done } from "../payloads/base.js";
import { askOutcome, pairOf } from "./pairs.js";
import { toggleEvidence } from "./evidence.js";

const cursor = makeCursor(".item");
keepFresh(() => {
  const open = [...document.querySelectorAll('[data-why][aria-expanded="true"]')].map((each) => /** @type {HTMLElement} */ (each).dataset.why);
  return () => document.querySelectorAll("[data-why]").forEach((each) => { if (each instanceof HTMLElement && open.includes(each.dataset.why)) toggleEvidence(each); });
});

/** Wait for what was sent, say so, and have the page drawn anew. @param {Promise<ReturnType<typeof Done>>} sent @param {Element | null} item */
async function settle(sent, item) {
  const done = await sent.catch(() => null);
  if (!done) return;
  tell(done.told, { undo: true });
  item?.classList.add("done");
  if (item instanceof HTMLElement && item.contains(document.activeElement)) item.focus(); // typing is over
  askNews();
}

/** @param {readonly HTMLElement[]} rows @param {{ confirmed: string, reason: string }} as */
const confirm = (rows, as = { confirmed: "", reason: "" }) => settle(change("POST", "/api/convergence", { pairs: rows.map(pairOf), ...as }, Done), rows.at(-1) ?? null);

const ticked = () => cursor.all().filter((row) => row.querySelector("input:checked"));
/** @returns {HTMLElement[]} The pairs that were ticked, else the one with the cursor. */
function chosenRows() {
  const at = cursor.current();
  return ticked().length ? ticked() : at?.dataset.first ? [at] : [];
}

/** @param {readonly HTMLElement[]} rows */
async function confirmOtherwise(rows) {
  if (!rows.length) return;
  const as = await askOutcome(rows);
  if (as) confirm(rows, as);
}

function showTicked() {
  const button = document.getElementById("confirm-chosen"), told = document.getElementById("chosen-count"), number = ticked().length;
  if (!button || !told) return;
  button.textContent = number ? `Confirm the ${number} chosen as suggested` : "Confirm all shown as suggested";
  told.textContent = number ? `${number} chosen` : "";
}

/** @param {string} claim @param {string} state @param {Element | null} item */
const record = (claim, state, item, reply = /** @type {string | null} */ (null)) => settle(change("POST", `/api/claims/${claim}/check`, { state, informant: null, reply }, Done), item);

/** @type {Record<string, (button: HTMLElement, row: HTMLElement) => unknown>} What the buttons of a row do, by their data attribute. */
const BUTTONS = {
  why: (button) => toggleEvidence(button),
  confirm: (_, row) => confirm([row]),
  otherwise: (_, row) => confirmOtherwise([row]),
  reopen: (_, row) => settle(change("POST", "/api/convergence/reopen", { pairs: [pairOf(row)] }, Done), row),
  withdraw: (button, row) => settle(change("DELETE", `/api/claims/${button.dataset.withdraw}/adjudication`, null, Done), row),
  reply: async (button, row) => {
    const reply = await askWords({ title: "Reply of the informant", label: "What was answered", take: "Record" });
    const state = /** @type {HTMLSelectElement | null} */ (row.querySelector("[data-check]"))?.value ?? "confirmed";
    if (reply) record(button.dataset.reply ?? "", state, row, reply);
  },
};

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("button")) : null;
  const row = /** @type {HTMLElement | null} */ (button?.closest(".item") ?? null);
  const name = Object.keys(BUTTONS).find((each) => button && each in button.dataset);
  if (button && row && name) BUTTONS[name](button, row);
  if (button?.id === "confirm-chosen") confirm(ticked().length ? ticked() : cursor.all().filter((each) => each.querySelector("[data-confirm]")));
});
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field instanceof HTMLSelectElement && field.dataset.check) record(field.dataset.check, field.value, field.closest(".item"));
  else if (field instanceof HTMLSelectElement && field.closest("form[data-live]")) field.form?.requestSubmit();
  else showTicked();
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.claim) return;
  event.preventDefault();
  const given = new FormData(form), body = { decision: String(given.get("decision")), reason: String(given.get("reason")) };
  settle(change("POST", `/api/claims/${form.dataset.claim}/adjudication`, body, Done), form.closest(".item"));
});
listen({
  next: cursor.next, previous: cursor.previous, open: cursor.open,
  evidence: () => /** @type {HTMLElement | null | undefined} */ (cursor.current()?.querySelector("[data-why]"))?.click(),
  decide: () => /** @type {HTMLElement | null | undefined} */ (cursor.current()?.querySelector(".decide select"))?.focus(),
  confirm: () => { const rows = chosenRows(); if (rows.length) confirm(rows); },
  otherwise: () => confirmOtherwise(chosenRows()),
  choose: () => /** @type {HTMLElement | null | undefined} */ (cursor.current()?.querySelector("input[type=checkbox]"))?.click(),
});
