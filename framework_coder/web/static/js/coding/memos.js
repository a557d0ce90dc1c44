// @ts-check
// Memos on a coding or on the source: written, changed, removed; words that are not saved yet are kept.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { ask, Refusal, Unreachable } from "../lib/api.js";
import { showDialog } from "../lib/dialogs.js";
import { dropDraft, keepDraft, readDraft } from "../lib/drafts.js";
import { put } from "../lib/outbox.js";
import { tell } from "../lib/page.js";
import { Memos } from "../payloads/reading.js";

/** @typedef {ReturnType<typeof Memos>["memos"][number]} Memo */
/** @typedef {{ id: number, title: string, text: string, edition: string }} Draft Words that are not saved; `id` is the memo's, 0 for a new one. */

const AWAY = "The server does not answer, so the memos that stand here cannot be shown. A new one is kept, and sent when it is back.";
const MEANWHILE = "This memo was changed meanwhile; your words are below, not saved yet.";

/** @param {string} address @returns {Promise<ReturnType<typeof Memos> | null>} Null where nobody answers. */
function askMemos(address) {
  return ask(address, Memos).catch((error) => {
    if (!(error instanceof Unreachable)) throw error;
    return null;
  });
}

/** @param {import("./reading.js").Page} page @param {import("./reading.js").Reading} reading @param {number | null} coding Null for the source itself. */
export async function writeMemos(page, reading, coding) {
  const address = `/api/sources/${encodeURIComponent(page.ref)}/memos`, key = `memo:${page.ref}:${coding ?? "source"}`;
  const found = await askMemos(address);
  let now = found ?? { entry: 0, memos: [] };
  const own = () => now.memos.filter((each) => each.coding === coding);
  const begun = /** @type {Draft | null} */ (readDraft(key)), standing = own().find((each) => each.id === begun?.id);
  /** @type {Memo | null} */
  let edited = begun ? (standing ? { ...standing, ...begun } : null) : (own()[0] ?? null);
  let fresh = { title: begun && !edited ? begun.title : "", text: begun && !edited ? begun.text : "" };
  let fault = found ? (standing && begun && standing.edition !== begun.edition ? MEANWHILE : "") : AWAY;
  const box = document.createElement("div");

  /** @param {Pick<import("../lib/outbox.js").Change, "method" | "path" | "body" | "draft">} how @returns {Promise<boolean>} Whether it is saved, or kept. */
  async function save(how) {
    let answer;
    dropDraft(key); // kept by the change itself from here on
    try {
      answer = await put({ of: page.ref, subject: coding ?? 0, answer: "memos", ...how });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fault = error.message;
      if (error.status === 409) now = (await askMemos(address)) ?? now;
      draw();
      return false;
    }
    if (!answer) {
      tell("Kept here, and sent when the server is back.");
      return true;
    }
    now = answer;
    fault = "";
    const noted = new Set(reading.get().noted);
    if (coding !== null) if (own().length) noted.add(coding); else noted.delete(coding);
    reading.set({ noted: [...noted], memos: now.memos.filter((each) => each.coding === null).length });
    return true;
  }
  /** @param {HTMLFormElement} form @returns {Draft} */
  function wordsOf(form) {
    const fields = new FormData(form);
    return { id: edited?.id ?? 0, title: String(fields.get("title")).trim(), text: String(fields.get("text")), edition: edited?.edition ?? "" };
  }
  /** @param {SubmitEvent} event */
  async function send(event) {
    event.preventDefault();
    const words = wordsOf(/** @type {HTMLFormElement} */ (event.target)), { title, text, edition } = words;
    const body = { title, text, coding: coding === null ? null : ":id", edition }, draft = { key, words };
    if (await save(edited ? { method: "PUT", path: `${address}/${edited.id}`, body, draft } : { method: "POST", path: address, body, draft })) close(null);
  }
  async function remove() {
    if (edited && (await save({ method: "DELETE", path: `${address}/${edited.id}`, body: null }))) {
      now = { ...now, memos: now.memos.filter((each) => each.id !== edited?.id) };
      edited = null;
      if (own().length) open(own()[0]); else close(null);
    }
  }
  /** @param {Memo | null} memo */
  function open(memo) {
    edited = memo;
    fresh = { title: "", text: "" };
    fault = "";
    dropDraft(key);
    draw();
    const form = box.querySelector("form");
    if (form) form.reset();
    /** @type {HTMLElement | null} */ (box.querySelector("textarea"))?.focus();
  }
  function leave() {
    dropDraft(key);
    close(null);
  }
  /** @type {(answer: null) => void} */
  let close = () => {};
  function draw() {
    const standing = edited && now.memos.find((each) => each.id === edited?.id);
    render(html`${own().length ? html`<ul class="memos">${own().map((each) => html`<li><button type="button" aria-pressed=${String(each.id === edited?.id)} @click=${() => open(each)}>${each.title}</button> <small class="soft">${each.author}, ${each.made_on}</small></li>`)}
      <li><button type="button" aria-pressed=${String(!edited)} @click=${() => open(null)}>New memo</button></li></ul>` : nothing}
      ${fault ? html`<p class="fault" role="alert">${fault}</p>` : nothing}
      ${fault && standing && standing.edition !== edited?.edition ? html`<blockquote><b>${standing.title}</b> ${standing.text}</blockquote><p><button type="button" @click=${() => { if (edited) edited = { ...edited, edition: standing.edition }; fault = ""; draw(); }}>Save mine over it</button></p>` : nothing}
      <form @submit=${send} @input=${(/** @type {Event} */ event) => keepDraft(key, wordsOf(/** @type {HTMLFormElement} */ (/** @type {HTMLInputElement} */ (event.target).form)))}><label>Title<input name="title" required value=${edited?.title ?? fresh.title}></label>
      <label>Words<textarea name="text" rows="6" .defaultValue=${edited?.text ?? fresh.text} @keydown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) /** @type {HTMLTextAreaElement} */ (event.target).form?.requestSubmit(); }}></textarea></label>
      <p class="buttons"><button class="main">Save</button> ${edited ? html`<button type="button" @click=${remove}>Remove</button>` : nothing} <button type="button" @click=${leave}>Cancel</button></p></form>`, box);
  }
  await showDialog(coding === null ? `Memos on ${page.ref}` : "Memos on the coding", (end) => {
    close = end;
    draw();
    queueMicrotask(() => setTimeout(() => /** @type {HTMLElement | null} */ (box.querySelector(edited ? "textarea" : "input"))?.focus()));
    return box;
  });
}
