// @ts-check
// Coded values in the editor: name, value and rank, each completed from what the study uses, typed by kind.

import { html, nothing } from "../../vendor/lit-html.js";
import { ask } from "../lib/api.js";
import { list } from "../lib/decode.js";
import { KnownValue } from "../payloads/cells.js";

/** @typedef {{ name: string, text: string, rank: string }} Value */
const Known = list(KnownValue);
/** @type {ReturnType<typeof Known>} */
let known = [];

export async function loadKnown() {
  known = await ask("/api/values", Known).catch(() => known);
}

/** @param {string} written `name=value!rank` @returns {Value} */
export function readValue(written) {
  const [, name, text, rank] = /^([^=]*)=([^!]*)!?(.*)$/s.exec(written) ?? ["", written, "", ""];
  return { name, text, rank };
}

/** @param {Value} value */
export const writeValue = (value) => `${value.name.trim()}=${value.text.trim()}${value.rank.trim() ? `!${value.rank.trim()}` : ""}`;

/** @param {string} name */
const kindOf = (name) => known.find((each) => each.name === name.trim())?.kind ?? "";

/** How a value of a kind is written. @param {string} kind */
function hint(kind) {
  if (kind === "date") return "2014, 2014-03 or 2014-03-09";
  return kind === "number" ? "1200 or 3.5" : "value";
}

/**
 * @param {readonly Value[]} values
 * @param {(values: Value[]) => void} take
 */
export function drawValues(values, take) {
  /** @param {number} place @param {keyof Value} part */
  const set = (place, part) => (/** @type {Event} */ event) => take(values.map((value, number) => (number === place ? { ...value, [part]: /** @type {HTMLInputElement} */ (event.target).value } : value)));
  return html`<ul class="values">${values.map((value, place) => {
    const kind = kindOf(value.name);
    return html`<li><input list="value-names" aria-label="Name of value ${place + 1}" placeholder="name" .value=${value.name} @input=${set(place, "name")}>
      <input list="values-of-${place}" aria-label="Value ${place + 1}" placeholder=${hint(kind)} inputmode=${kind === "number" ? "decimal" : "text"} .value=${value.text} @input=${set(place, "text")}>
      <input list="ranks-of-${place}" aria-label="Rank of value ${place + 1}" placeholder="rank" size="8" .value=${value.rank} @input=${set(place, "rank")}>
      <button type="button" aria-label="Take value ${place + 1} away" @click=${() => take(values.filter((_, number) => number !== place))}>×</button>
      <datalist id="values-of-${place}">${known.find((each) => each.name === value.name.trim())?.values.map((each) => html`<option value=${each}></option>`) ?? nothing}</datalist>
      <datalist id="ranks-of-${place}">${(known.find((each) => each.name === value.name.trim())?.ranks ?? ["most important"]).map((each) => html`<option value=${each}></option>`)}</datalist></li>`;
  })}</ul><datalist id="value-names">${known.map((each) => html`<option value=${each.name}>${each.kind}</option>`)}</datalist>
    <button type="button" @click=${() => take([...values, { name: "", text: "", rank: "" }])}>Add a value</button>`;
}
