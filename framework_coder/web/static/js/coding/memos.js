// @ts-check
// Memos on a coding or on the source: written, changed, removed; words that cannot be saved stay in the field.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { ask, change, Refusal, Unreachable } from "../lib/api.js";
import { showDialog } from "../lib/dialogs.js";
import { Memos } from "../payloads/reading.js";

/** @typedef {ReturnType<typeof Memos>["memos"][number]} Memo */

/** @param {import("./reading.js").Page} page @param {import("./reading.js").Reading} reading @param {number | null} coding Null for the source itself. */
export async function writeMemos(page, reading, coding) {
  const address = `/api/sources/${encodeURIComponent(page.ref)}/memos`;
  let now = await ask(address, Memos);
  const own = () => now.memos.filter((each) => each.coding === coding);
  /** @type {Memo | null} */
  let edited = own()[0] ?? null;
  let fault = "";
  const box = document.createElement("div");

  /** @param {string} method @param {string} path @param {unknown} body @returns {Promise<boolean>} */
  async function save(method, path, body) {
    try {
      now = await change(method, path, body, Memos);
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Unreachable)) throw error;
      fault = error instanceof Refusal ? error.message : "The server does not answer; your words stay here. Save again when it is back.";
      if (error instanceof Refusal && error.status === 409) now = await ask(address, Memos);
      draw();
      return false;
    }
    fault = "";
    const noted = new Set(reading.get().noted);
    if (coding !== null) if (own().length) noted.add(coding); else noted.delete(coding);
    reading.set({ noted: [...noted], memos: now.memos.filter((each) => each.coding === null).length });
    reading.noteEntry(now.entry);
    return true;
  }
  /** @param {SubmitEvent} event */
  async function send(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const words = { title: String(form.get("title")).trim(), text: String(form.get("text")), coding, edition: edited?.edition ?? "" };
    const isSaved = edited ? await save("PUT", `${address}/${edited.id}`, words) : await save("POST", address, words);
    if (isSaved) close(null);
  }
  async function remove() {
    if (edited && (await save("DELETE", `${address}/${edited.id}`, null))) {
      edited = null;
      if (own().length) open(own()[0]); else close(null);
    }
  }
  /** @param {Memo | null} memo */
  function open(memo) {
    edited = memo;
    fault = "";
    draw();
    const form = box.querySelector("form");
    if (form) form.reset();
    /** @type {HTMLElement | null} */ (box.querySelector("textarea"))?.focus();
  }
  /** @type {(answer: null) => void} */
  let close = () => {};
  function draw() {
    const standing = edited && now.memos.find((each) => each.id === edited?.id);
    render(html`${own().length ? html`<ul class="memos">${own().map((each) => html`<li><button type="button" aria-pressed=${String(each.id === edited?.id)} @click=${() => open(each)}>${each.title}</button> <small class="soft">${each.author}, ${each.made_on}</small></li>`)}
      <li><button type="button" aria-pressed=${String(!edited)} @click=${() => open(null)}>New memo</button></li></ul>` : nothing}
      ${fault ? html`<p class="fault" role="alert">${fault}</p>` : nothing}
      ${fault && standing && standing.edition !== edited?.edition ? html`<blockquote><b>${standing.title}</b> ${standing.text}</blockquote><p><button type="button" @click=${() => { edited = standing; fault = ""; draw(); }}>Save mine over it</button></p>` : nothing}
      <form @submit=${send}><label>Title<input name="title" required value=${edited?.title ?? ""}></label>
      <label>Words<textarea name="text" rows="6" .defaultValue=${edited?.text ?? ""} @keydown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) /** @type {HTMLTextAreaElement} */ (event.target).form?.requestSubmit(); }}></textarea></label>
      <p class="buttons"><button class="main">Save</button> ${edited ? html`<button type="button" @click=${remove}>Remove</button>` : nothing} <button type="button" @click=${() => close(null)}>Cancel</button></p></form>`, box);
  }
  await showDialog(coding === null ? `Memos on ${page.ref}` : "Memos on the coding", (end) => {
    close = end;
    draw();
    queueMicrotask(() => setTimeout(() => /** @type {HTMLElement | null} */ (box.querySelector(edited ? "textarea" : "input"))?.focus()));
    return box;
  });
}
