// @ts-check
// What the codebook asks: why, which theme takes over, which parts, which of two texts.

import { html, nothing } from "../../vendor/lit-html.js";
import { askWords, showDialog } from "../lib/dialogs.js";

/** @typedef {ReturnType<typeof import("../payloads/codebook.js").ThemeNode>} Theme */

/** @param {SubmitEvent} event */
const valuesOf = (event) => { event.preventDefault(); return new FormData(/** @type {HTMLFormElement} */ (event.target)); };

/**
 * @param {boolean} isFrozen Each change needs a reason, and the field above keeps it for the next. @param {boolean} isWeighty This one needs it anyway.
 * @returns {Promise<string | null>} The reason; null: given up.
 */
export async function askReason(isFrozen, isWeighty) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById("reason"));
  if (!isFrozen && !isWeighty) return "";
  if (isFrozen && field.value.trim()) return field.value.trim();
  const told = isFrozen ? "A version of the framework is frozen, so each change keeps its reason. It stays in the field above for the next ones." : "What is merged, split or retired keeps its reason.";
  const reason = await askWords({ title: "Why?", label: "Reason", told, take: "Go on" });
  if (reason && isFrozen) field.value = reason;
  return reason || null;
}

/** @param {Theme} theme @param {readonly Theme[]} themes @returns {Promise<string | null>} */
export function askInto(theme, themes) {
  const others = themes.filter((each) => !each.is_retired && each.id !== theme.id);
  return showDialog(`Merge “${theme.label}” into another theme`, (close) => html`<form @submit=${(/** @type {SubmitEvent} */ event) => close(String(valuesOf(event).get("into")))}>
    <p>It is retired; its ${theme.codings} codings and ${theme.claims} claims go to the other theme. Undo takes it back.</p>
    <label>Into <select name="into" required><option value="">Choose …</option>${others.map((each) => html`<option value=${each.id}>${" ".repeat(2 * each.depth)}${each.label}</option>`)}</select></label>
    <p class="buttons"><button class="main">Merge</button> <button type="button" @click=${() => close(null)}>Cancel</button></p></form>`);
}

/** @param {Theme} theme @returns {Promise<{ parts: string[], heir: string } | null>} */
export async function askParts(theme) {
  const answer = await showDialog(`Split “${theme.label}”`, (close) => html`<form @submit=${(/** @type {SubmitEvent} */ event) => { const given = valuesOf(event); close(JSON.stringify({ parts: given.get("parts"), heir: given.get("heir") })); }}>
    <p>It is retired; its parts stand in its place.</p>
    <label>Labels of the parts, one a line<textarea name="parts" rows="4" required></textarea></label>
    <label>Its ${theme.codings} codings and ${theme.claims} claims <select name="heir"><option value="">are decided one by one (After a split)</option><option value="first">all go to the first part</option></select></label>
    <p class="buttons"><button class="main">Split</button> <button type="button" @click=${() => close(null)}>Cancel</button></p></form>`);
  if (answer === null) return null;
  const given = JSON.parse(answer), parts = String(given.parts).split("\n").map((line) => line.trim()).filter(Boolean);
  return { parts, heir: given.heir ? parts[0] ?? "" : "" };
}

/** @param {string} where @returns {Promise<{ label: string, definition: string, is_emergent: boolean } | null>} */
export async function askTheme(where) {
  const answer = await showDialog(`Add a theme ${where}`, (close) => html`<form @submit=${(/** @type {SubmitEvent} */ event) => { const given = valuesOf(event); close(JSON.stringify({ label: String(given.get("label")).trim(), definition: String(given.get("definition")).trim(), is_emergent: given.get("origin") === "emergent" })); }}>
    <label>Label <input name="label" required autofocus></label>
    <label>Definition <textarea name="definition" rows="3"></textarea></label>
    <label>Origin <select name="origin"><option value="emergent">emergent: it came out of the reading</option><option value="a_priori">a priori: it was planned</option></select></label>
    <p class="buttons"><button class="main">Add</button> <button type="button" @click=${() => close(null)}>Cancel</button></p></form>`);
  return answer === null ? null : JSON.parse(answer);
}

/** @param {{ sentence: string, mine: string, theirs: string }} both @returns {Promise<string | null>} `mine`, `theirs`, or null. */
export function askWhich(both) {
  return showDialog("Somebody else changed it meanwhile", (close) => html`<div class="both"><section><h3>Theirs</h3><p>${both.theirs || nothing}</p></section><section><h3>Yours</h3><p>${both.mine}</p></section></div>
    <p class="buttons"><button type="button" class="main" @click=${() => close("mine")}>Save yours</button> <button type="button" @click=${() => close("theirs")}>Keep theirs</button></p>`);
}
