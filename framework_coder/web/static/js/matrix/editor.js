// @ts-check
// Write a claim: its paragraph with citations that complete as one types, and the fields beside it.
// Ctrl+Enter saves; a stale text shows both versions; what is typed is kept as a draft until it is saved or left.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { line, Refusal, Unreachable } from "../lib/api.js";
import { makeCompletion } from "./completing.js";
import { dropDraft, keepDraft, readDraft } from "../lib/drafts.js";
import { drawValues, loadKnown, readValue, writeValue } from "./values.js";
import { KINDS, options } from "./words.js";

/** @typedef {{ text: string, kind: string, is_key: boolean, quotation: string, comment: string, values: string[] }} Written */
/** @typedef {{ at: number }} Cursor */

/** @param {unknown} draft @returns {Written | null} */
const asWritten = (draft) => (draft && typeof draft === "object" && "text" in draft ? /** @type {Written} */ (draft) : null);

/**
 * @param {HTMLElement} place
 * @param {{ draft: string, start: Written, label: string, standing: () => string, save: (written: Written, isOurs: boolean) => Promise<unknown>, end: () => void, address: (typed: string) => string, split?: (at: number) => void }} given
 */
export function openEditor(place, given) {
  const written = { ...given.start, ...asWritten(readDraft(given.draft)) };
  let refusal = "", standing = "", isWaiting = false;
  const completion = makeCompletion(() => field(), given.address, draw, (text) => note({ text }));

  /** @returns {HTMLTextAreaElement} */
  const field = () => /** @type {HTMLTextAreaElement} */ (place.querySelector("textarea"));

  /** @param {Partial<Written>} part */
  function note(part) {
    Object.assign(written, part);
    keepDraft(given.draft, written);
  }

  function leave() {
    line.removeEventListener("back", again);
    dropDraft(given.draft);
    render(nothing, place);
    given.end();
  }

  /** @param {boolean} [isOurs] Save although somebody else changed it. */
  async function save(isOurs = false) {
    isWaiting = false;
    try {
      await given.save({ ...written, values: written.values.filter((value) => value !== "=") }, isOurs);
      leave();
    } catch (error) {
      isWaiting = error instanceof Unreachable;
      refusal = isWaiting ? "The server does not answer. Your text is kept here, and saved when the server is back." : error instanceof Error ? error.message : String(error);
      standing = error instanceof Refusal && error.kind.startsWith("Stale") ? error.standing || given.standing() : "";
      draw();
    }
  }

  const again = () => { if (isWaiting) save(); };

  /** @param {KeyboardEvent} event */
  function press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
    else if (completion.press(event)) return;
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function takeTheirs() {
    field().value = standing;
    note({ text: standing });
    refusal = standing = "";
    draw();
  }

  function drawRefusal() {
    if (!refusal) return nothing;
    return html`<div class="refusal" role="alert"><p>${refusal}</p>${standing ? html`<dl><dt>It now says</dt><dd>${standing}</dd><dt>Yours says</dt><dd>${written.text}</dd></dl>
      <p><button type="button" @click=${takeTheirs}>Take theirs</button> <button type="button" @click=${() => save(true)}>Save mine</button></p>` : nothing}</div>`;
  }

  /** @param {keyof Written} name */
  const keep = (name) => (/** @type {Event} */ event) => note({ [name]: /** @type {HTMLInputElement} */ (event.target).value });

  function draw() {
    render(html`<div @keydown=${press}>
      <label>${given.label}<textarea rows="4" aria-describedby="editor-help" @input=${() => { note({ text: field().value }); completion.look(); }}></textarea></label>
      ${completion.draw()}
      <p><label class="inline">Kind <select aria-label="Kind" @change=${keep("kind")}>${options(KINDS, written.kind)}</select></label>
        <label class="inline"><input type="checkbox" .checked=${written.is_key} @change=${(/** @type {Event} */ event) => note({ is_key: /** @type {HTMLInputElement} */ (event.target).checked })}> Key claim</label></p>
      <details ?open=${Boolean(written.quotation || written.comment || written.values.length)}><summary>Quotation, comment, coded values</summary>
        <label>Quotation, word for word<textarea class="full" rows="2" .defaultValue=${written.quotation} @input=${keep("quotation")}></textarea></label>
        <label>Comment, apart from the summary<textarea class="full" rows="2" .defaultValue=${written.comment} @input=${keep("comment")}></textarea></label>
        <p class="soft">Coded values, to be counted</p>${drawValues(written.values.map(readValue), (values) => { note({ values: values.map(writeValue) }); draw(); })}</details>
      ${drawRefusal()}
      <p><button type="button" class="main" @click=${() => save()}>Save</button> <button type="button" @click=${leave}>Cancel</button>
        ${given.split ? html`<button type="button" title="Alt+Enter" @click=${() => given.split?.(field().selectionStart)}>Split at the cursor</button>` : nothing}</p>
      <p class="soft" id="editor-help">Cite with <kbd>[</kbd>, save with <kbd>Ctrl</kbd>+<kbd>Enter</kbd>, leave with <kbd>Esc</kbd></p></div>`, place);
  }

  draw();
  field().value = written.text;
  field().focus();
  field().setSelectionRange(written.text.length, written.text.length);
  line.addEventListener("back", again);
  loadKnown().then(draw);
  return { cursor: () => field().selectionStart, leave, isChanged: () => field().value !== given.start.text };
}
