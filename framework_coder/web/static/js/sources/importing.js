// @ts-check
// An import: files are dropped or chosen, each arrives, is decided on, is read; what came of each is told.

import { render } from "../../vendor/lit-html.js";
import { ask, change, Refusal } from "../lib/api.js";
import { byId, tell } from "../lib/page.js";
import { ImportJob } from "../payloads/imports.js";
import { findDropped, send } from "./dropping.js";
import { drawJob } from "./jobs.js";

const ASK_EVERY = 300;
const AT_ONCE = 3;
/** @typedef {ReturnType<typeof ImportJob>} Job */
/** @type {Job | null} */
let job = null;
/** @type {Map<number, number>} The share of each file that is under way. */
const shares = new Map();
/** @type {Map<number, AbortController>} */
const stops = new Map();
/** @type {Map<number, string>} Why the server refused a file. */
const refused = new Map();
/** @type {Map<number, import("./jobs.js").Choice>} What the user chose. */
const choices = new Map();

let isWatched = false;
const isUnderWay = () => job?.state === "running" || stops.size > 0;
const address = (/** @type {string} */ rest) => `/api/imports/${job?.id}${rest}`;

/** @param {Job} made Later choices of the user stay. */
function take(made) {
  job = made;
  for (const file of made.files) if (file.state === "sent" && !choices.has(file.number)) choices.set(file.number, { action: file.action, site: file.site, method: file.method, decided: {}, settings: {} });
  draw();
  watch();
}
function draw() {
  if (job) render(drawJob({ job, shares, refused, choices, isSending: stops.size > 0 }, { leaveOut, cancel, start, choose, look }), byId("job"));
}
/** @param {readonly number[]} numbers @param {Partial<import("./jobs.js").Choice>} part */
function choose(numbers, part) {
  for (const number of numbers) {
    const before = choices.get(number);
    if (before) choices.set(number, { ...before, ...part });
  }
  draw();
}

/** @param {import("./dropping.js").Found[]} found */
export async function begin(found) {
  if (!found.length) return tell("There is no file among what was dropped.", { isRefused: true });
  if (isUnderWay()) return tell("Wait until this import is done, or cancel it.", { isRefused: true });
  for (const each of [shares, refused, choices]) each.clear();
  const made = await change("POST", "/api/imports", { files: found.map(({ name, file }) => ({ name, size: file.size })) }, ImportJob).catch(() => null);
  if (!made) return;
  take(made);
  const waiting = found.map(({ file }, number) => ({ file, number }));
  for (const { number } of waiting) stops.set(number, new AbortController());
  await Promise.all(Array.from({ length: AT_ONCE }, () => sendSome(waiting)));
  const last = await ask(address(""), ImportJob).catch(() => null); // answers to files sent side by side may come in any order
  if (last && last.id === job?.id && job.state === "gathering") take(last);
  else draw();
}
/** @param {{ file: File, number: number }[]} waiting */
async function sendSome(waiting) {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { file, number } = next, stop = stops.get(number);
    if (!stop || stop.signal.aborted) { stops.delete(number); continue; }
    try {
      const made = await send(address(`/files/${number}`), file, (share) => { shares.set(number, share); draw(); }, stop.signal);
      shares.set(number, 1);
      stops.delete(number);
      if (job?.id === made.id) take(made);
    } catch (error) {
      stops.delete(number);
      if (error instanceof Refusal) refused.set(number, error.message);
      else if (!(error instanceof DOMException)) refused.set(number, "The server did not answer; drop the file again.");
      draw();
    }
  }
}

/** @param {number} number */
async function leaveOut(number) {
  stops.get(number)?.abort();
  const made = await change("DELETE", address(`/files/${number}`), null, ImportJob).catch(() => null);
  choices.delete(number);
  if (made) take(made);
}
/** @param {number} number @param {string} action @param {Record<string, string>} settings */
async function look(number, action, settings) {
  const made = await change("POST", address(`/files/${number}/look`), { action, settings }, ImportJob).catch(() => null);
  const before = choices.get(number);
  if (before) choices.set(number, { ...before, decided: {} });
  if (made) take(made);
}
/** Ask about looks until they are over. */
async function watch() {
  if (isWatched) return;
  isWatched = true;
  while (job?.state === "gathering" && job.files.some((file) => file.state === "looking")) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
    const next = job?.state === "gathering" ? await ask(address(""), ImportJob).catch(() => null) : null;
    if (next && next.id === job?.id && job.state === "gathering") take(next);
  }
  isWatched = false;
}
async function cancel() {
  for (const stop of stops.values()) stop.abort();
  stops.clear();
  const made = await change("DELETE", address(""), null, ImportJob).catch(() => null);
  if (made) take(made);
}
async function start() {
  const files = [...choices].map(([number, { action, site, method, decided }]) => ({ number, action, site, method, decided }));
  const made = await change("POST", address("/start"), { files }, ImportJob).catch(() => null);
  if (!made) return;
  take(made);
  while (job?.state === "running") {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
    const next = await ask(address(""), ImportJob).catch(() => null);
    if (next) take(next);
  }
  if (job?.state === "done" && job.told) tell(job.told, { undo: true });
}

/** Take what is dropped anywhere on the page. @param {HTMLElement} place Shows that it is taken. */
export function takeDrops(place) {
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    place.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) place.classList.remove("over"); });
  document.addEventListener("drop", async (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    place.classList.remove("over");
    await begin(await findDropped(event.dataTransfer));
    byId("job").scrollIntoView({ block: "nearest" });
  });
  window.addEventListener("beforeunload", (event) => { if (stops.size) event.preventDefault(); });
}
