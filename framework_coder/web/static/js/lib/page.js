// @ts-check
// What every page does: undo and redo, the saving line, the banner, news of others' changes, help.

import { html, render } from "../../vendor/lit-html.js";
import { Done } from "../payloads/base.js";
import { News } from "../payloads/journal.js";
import { ask, change, line, Refusal, Unreachable } from "./api.js";
import { showDialog } from "./dialogs.js";
import { resend, takeBack } from "./outbox.js";
import { listen, SHORTCUTS } from "./shortcuts.js";
import { resumeTour } from "./tour.js";

const ASK_EVERY = 2500;
const TOAST_STAYS = 6000;

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`There is no element ${id}.`);
  return found;
}

/** @type {EventTarget} Sends `news` (detail: the lines of the journal) when something was changed here or elsewhere. */
export const journal = new EventTarget();
let newest = -1;

/** @param {string} text @param {{ isRefused?: boolean, undo?: boolean }} [how] */
export function tell(text, how = {}) {
  const toast = document.createElement("div");
  toast.className = how.isRefused ? "toast refused" : "toast";
  const close = () => toast.remove();
  render(html`<span>${text}</span>${how.undo ? html`<button type="button" class="plain" @click=${() => { close(); turn("undo"); }}>Undo</button>` : ""}
    <button type="button" class="plain" aria-label="Dismiss" @click=${close}>×</button>`, toast);
  byId("toasts").append(toast);
  setTimeout(close, TOAST_STAYS);
}

/** Ask for what a dialog is about; null, and said, where it cannot be had. @template T @param {string} path @param {import("./decode.js").Decoder<T>} decode @param {string} what @returns {Promise<T | null>} */
export function askOr(path, decode, what) {
  return ask(path, decode).catch((error) => {
    if (!(error instanceof Refusal || error instanceof Unreachable)) throw error;
    tell(error instanceof Refusal ? error.message : `${what} cannot be shown while the server is away.`, { isRefused: true });
    return null;
  });
}

/** @param {"undo" | "redo"} way @param {number} [entry] */
export async function turn(way, entry) {
  if (way === "undo" && !entry && takeBack()) return tell("The last change that waited is taken back.");
  const done = await change("POST", entry ? `/api/${way}?entry=${entry}` : `/api/${way}`, null, Done).catch((error) => {
    if (!(error instanceof Refusal || error instanceof Unreachable)) throw error;
  });
  if (done) {
    tell(done.told);
    await askNews();
  }
}

export async function askNews() {
  const since = newest < 0 ? 0 : newest;
  const news = await ask(`/api/news?since=${since}`, News).catch(() => undefined);
  if (!news || news.entry === newest) return;
  const isFirst = newest < 0;
  newest = news.entry;
  if (!isFirst) journal.dispatchEvent(new CustomEvent("news", { detail: news.lines }));
}

function showHelp() {
  showDialog("Shortcuts", (close) => html`<table class="list"><thead><tr><th scope="col">Keys</th><th scope="col">What they do</th></tr></thead>
    <tbody>${SHORTCUTS.map((each) => html`<tr><td>${each.keys.split("+").map((key) => html`<kbd>${key.replace("Control", "Ctrl")}</kbd> `)}</td><td>${each.told}</td></tr>`)}</tbody></table>
    <p class="buttons"><button type="button" class="main" @click=${() => close(null)}>Close</button> <a href="/help">All shortcuts, states and words, and the tour</a></p>`);
}

function watchLine() {
  const saved = byId("saved"), banner = byId("banner");
  line.addEventListener("saving", () => (saved.textContent = "Saving …"));
  line.addEventListener("saved", () => (saved.textContent = "All changes saved"));
  line.addEventListener("refused", (event) => {
    saved.textContent = "Not saved";
    tell(/** @type {CustomEvent<string>} */ (event).detail, { isRefused: true });
  });
  let why = "", kept = 0;
  const drawBanner = () => (banner.textContent = `${why} ${kept ? `${kept === 1 ? "1 change waits" : `${kept} changes wait`} here and will be sent when it is back` : "What you typed stays here; it is saved when the server is back"}.`);
  line.addEventListener("waiting", (event) => {
    kept = /** @type {CustomEvent<number>} */ (event).detail;
    if (kept) saved.textContent = kept === 1 ? "1 change waits" : `${kept} changes wait`;
    drawBanner();
  });
  line.addEventListener("lost", (event) => {
    why = /** @type {CustomEvent<string>} */ (event).detail;
    drawBanner();
    banner.hidden = false;
  });
  line.addEventListener("back", () => (banner.hidden = true));
}

watchLine();
resumeTour();
byId("undo").addEventListener("click", () => turn("undo"));
byId("help").addEventListener("click", showHelp);
listen({ help: showHelp, search: () => { if (!document.getElementById("q")) location.href = "/explore#search"; }, undo: () => turn("undo"), redo: () => turn("redo") });
setTimeout(resend); // what an earlier page could not
askNews();
setInterval(() => document.hidden || askNews(), ASK_EVERY);
document.addEventListener("visibilitychange", () => document.hidden || askNews());
// modules run in order, this one first: the page is ready when the screen's own has run too
queueMicrotask(() => setTimeout(() => (document.documentElement.dataset.ready = "")));
