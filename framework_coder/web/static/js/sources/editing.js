// @ts-check
// Edit one cell in place: Enter saves and goes down, Tab saves and goes on, Escape leaves; a refusal is told at the cell.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { askWhich } from "../codebook/asking.js";
import { Refusal } from "../lib/api.js";

/** @typedef {import("./lines.js").Column} Column */
/** @typedef {{ close: () => void }} Editor */

/** What is typed completes from the values of a list, after what stands before the last semicolon. @param {Column} column @param {string} typed */
function completionsOf(column, typed) {
  const stands = /^(.*;\s*)?/.exec(typed)?.[0] ?? "", there = stands.split(";").map((each) => each.trim());
  return column.options.filter((each) => !there.includes(each.value)).map((each) => ({ value: stands + each.value, label: each.label }));
}

/** @param {Column} column */
const hintOf = (column) => (column.kind === "list" && column.options.length ? `${column.told}. Sites: ${column.options.map((each) => each.value).join(", ")}.`.slice(0, 300) : `${column.told}.`);

/**
 * @param {HTMLElement} cell
 * @param {Column} column
 * @param {string} value
 * @param {{ save: (value: string, was: string) => Promise<void>, done: (way: "down" | "on" | "back" | "stay") => void, ended: () => void }} how
 */
export function editCell(cell, column, value, how) {
  let was = value, isOver = false, isSaving = false;
  const place = document.createElement("div");
  place.className = "editor";
  cell.classList.add("editing");
  cell.append(place);
  const field = () => /** @type {HTMLInputElement | HTMLSelectElement} */ (place.querySelector("input, select"));

  const typed = () => { const made = field(); return made instanceof HTMLInputElement ? made.value : value; };

  /** @param {string} told */
  function draw(told = "") {
    const isBad = told !== "";
    render(html`${column.kind === "choice"
      ? html`<select aria-label=${column.title} aria-describedby="cell-told" aria-invalid=${isBad}>${column.options.map((each) => html`<option value=${each.value} ?selected=${each.value === value}>${each.label}</option>`)}</select>`
      : html`<input aria-label=${column.title} aria-describedby="cell-told" aria-invalid=${isBad} autocomplete="off" spellcheck="false" list=${column.options.length ? "cell-values" : nothing} @input=${() => draw(told)}>`}
      ${column.options.length && column.kind === "list" ? html`<datalist id="cell-values">${completionsOf(column, typed()).map((each) => html`<option value=${each.value}>${each.label}</option>`)}</datalist>` : nothing}
      <p id="cell-told" class=${isBad ? "told" : ""} role=${isBad ? "alert" : "note"}>${told || hintOf(column)}</p>`, place);
  }
  /** @param {"down" | "on" | "back" | "stay" | ""} way */
  function end(way) {
    if (isOver) return;
    isOver = true;
    place.remove();
    cell.classList.remove("editing");
    how.ended();
    if (way) how.done(way);
  }
  /** @param {"down" | "on" | "back" | "stay" | ""} way */
  async function save(way) {
    if (isOver || isSaving) return;
    const wanted = field().value;
    if (wanted === was) return end(way);
    isSaving = true;
    try {
      await how.save(wanted, was);
      end(way);
    } catch (error) {
      isSaving = false;
      if (!(error instanceof Refusal)) return; // the banner tells; what was typed stays
      if (error.status !== 409 || !error.wanted && !error.standing) return draw(error.message);
      isSaving = true;
      const kept = await askWhich({ sentence: error.message, mine: wanted, theirs: error.standing });
      isSaving = false;
      if (kept === "mine") { was = error.standing; await save(way); } else end("stay");
    }
  }
  draw();
  const made = field();
  if (made instanceof HTMLInputElement) { made.value = value; made.select(); }
  made.focus();
  place.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const way = event.key === "Enter" ? "down" : event.key === "Tab" ? (event.shiftKey ? "back" : "on") : "";
    if (event.key === "Escape") { event.preventDefault(); end("stay"); }
    else if (way) { event.preventDefault(); save(way); }
    event.stopPropagation();
  });
  place.addEventListener("focusout", (event) => {
    if (!(event.relatedTarget instanceof Node && place.contains(event.relatedTarget)) && document.hasFocus()) setTimeout(() => { if (!document.querySelector("dialog[open]")) save(""); });
  });
}
