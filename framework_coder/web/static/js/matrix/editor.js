// @ts-check
// Write a paragraph: citations complete as one types, Ctrl+Enter saves, and a stale text shows both versions.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { ask, Refusal } from "../lib/api.js";
import { list } from "../lib/decode.js";
import { CandidateLine } from "../payloads/cells.js";

const Candidates = list(CandidateLine);

/**
 * @param {HTMLElement} place
 * @param {{ text: string, label: string, save: (text: string, isOurs: boolean) => Promise<unknown>, cancel: () => void, address: (typed: string) => string }} given
 */
export function openEditor(place, given) {
  /** @type {ReturnType<typeof Candidates>} */
  let candidates = [];
  let at = 0, refusal = "", standing = "";

  /** @returns {HTMLTextAreaElement} */
  const field = () => /** @type {HTMLTextAreaElement} */ (place.querySelector("textarea"));

  /** @returns {string | null} The citation that is being typed, from its bracket to the cursor. */
  function typed() {
    const before = field().value.slice(0, field().selectionStart);
    const open = before.lastIndexOf("[");
    return open >= 0 && !before.slice(open).includes("]") ? before.slice(open) : null;
  }

  async function complete() {
    const words = typed();
    candidates = words === null ? [] : await ask(given.address(words), Candidates).catch(() => []);
    at = 0;
    draw();
  }

  /** @param {string} token */
  function take(token) {
    const { value, selectionStart } = field(), open = value.lastIndexOf("[", selectionStart - 1);
    const text = `${value.slice(0, open)}${token}${value.slice(selectionStart)}`;
    field().value = text;
    field().setSelectionRange(open + token.length, open + token.length);
    candidates = [];
    draw();
    field().focus();
  }

  /** @param {boolean} [isOurs] Save although somebody else changed it. */
  async function save(isOurs = false) {
    try {
      await given.save(field().value, isOurs);
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error);
      standing = error instanceof Refusal ? error.standing : "";
      draw();
    }
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
    else if (event.key === "Escape") { if (candidates.length) { candidates = []; draw(); } else given.cancel(); }
    else if (candidates.length && event.key === "ArrowDown") { at = (at + 1) % candidates.length; draw(); }
    else if (candidates.length && event.key === "ArrowUp") { at = (at + candidates.length - 1) % candidates.length; draw(); }
    else if (candidates.length && (event.key === "Enter" || event.key === "Tab")) take(candidates[at].token);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function draw() {
    render(html`<textarea rows="4" aria-label=${given.label} aria-describedby="editor-help" @input=${complete} @keydown=${press}></textarea>
      ${candidates.length ? html`<ul class="candidates" role="listbox" aria-label="Passages to cite">${candidates.map((each, place_) => html`<li role="option" aria-selected=${place_ === at ? "true" : "false"} @mousedown=${(/** @type {Event} */ event) => { event.preventDefault(); take(each.token); }}>
        <b>${each.token}</b> ${each.quote}${each.is_charted ? html` <span class="tag">cited</span>` : nothing}</li>`)}</ul>` : nothing}
      <p class="soft" id="editor-help">Cite with <kbd>[</kbd>, save with <kbd>Ctrl</kbd>+<kbd>Enter</kbd>, leave with <kbd>Esc</kbd></p>
      ${refusal ? html`<div class="refusal" role="alert"><p>${refusal}</p>
        ${standing ? html`<p><button type="button" @click=${() => { field().value = standing; refusal = standing = ""; draw(); }}>Take theirs</button> <button type="button" @click=${() => save(true)}>Save mine</button></p>` : nothing}</div>` : nothing}
      <p><button type="button" class="main" @click=${() => save()}>Save</button> <button type="button" @click=${given.cancel}>Cancel</button></p>`, place);
  }

  draw();
  field().value = given.text;
  field().focus();
  field().setSelectionRange(given.text.length, given.text.length);
  return { cursor: () => field().selectionStart };
}
