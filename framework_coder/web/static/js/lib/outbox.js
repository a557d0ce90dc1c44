// @ts-check
// What was changed and is not saved yet: sent in order, one after another; kept in this tab while the server is away,
// and through a reload.

import { CodingClaims, Memos, SourceCoverage } from "../payloads/reading.js";
import { Coded } from "../payloads/reader.js";
import { Done } from "../payloads/base.js";
import { change, line, Refusal, Unreachable } from "./api.js";
import { keepDraft } from "./drafts.js";

const KEY = "waiting";
const ANSWERS = { coded: Coded, done: Done, memos: Memos, claims: CodingClaims, coverage: SourceCoverage };

/** @typedef {keyof typeof ANSWERS} Answer */
/** @template {Answer} A @typedef {ReturnType<typeof ANSWERS[A]>} Answered */
/**
 * A change: `:id` in its path, or as a field of its body, is its subject, a coding; one that the server has not made
 * yet has a number below zero. `note` is what the screen of the source `of` needs to show the change meanwhile.
 * @template {Answer} [A=Answer]
 * @typedef {{ of: string, subject: number, answer: A, method: string, path: string, body: Record<string, unknown> | null, note?: unknown, draft?: { key: string, words: unknown } }} Change
 */
/** @typedef {Change & { number: number }} Waiting */
/** @typedef {{ taken: (item: Waiting, answer: Answered<Answer>) => void, dropped: (items: Waiting[], isRefused: boolean) => void }} Screen */

/** @type {Waiting[]} */
let waiting = read();
/** @type {Map<number, { resolve: (answer: any) => void, reject: (error: unknown) => void }>} Who waits for an answer. */
const asking = new Map();
/** @type {Map<number, number>} The codings that were made, by the number that they had before. */
const made = new Map();
/** @type {Set<Screen>} */
const screens = new Set();
let isSending = false, isAway = false;
let last = Math.max(0, ...waiting.map((item) => item.number));

/** @returns {Waiting[]} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {Waiting[]} now */
function keep(now) {
  waiting = now;
  if (waiting.length) sessionStorage.setItem(KEY, JSON.stringify(waiting)); else sessionStorage.removeItem(KEY);
  line.dispatchEvent(new CustomEvent("waiting", { detail: isAway ? waiting.length : 0 }));
}

/** @param {Waiting} item */
function send({ subject, answer, method, path, body }) {
  const filled = body && Object.fromEntries(Object.entries(body).map(([name, value]) => [name, value === ":id" ? subject : value]));
  return change(method, path.replace(":id", String(subject)), filled, /** @type {import("./decode.js").Decoder<Answered<Answer>>} */ (ANSWERS[answer]), { isKept: true });
}

/** The first was saved. @param {Waiting} item @param {Answered<Answer>} answer */
function take(item, answer) {
  const now = item.subject < 0 && "coding" in answer ? answer.coding.id : item.subject;
  if (now !== item.subject) made.set(item.subject, now);
  keep(waiting.slice(1).map((each) => (each.subject === item.subject ? { ...each, subject: now } : each)));
  for (const screen of screens) screen.taken(item, answer);
  asking.get(item.number)?.resolve(answer);
  asking.delete(item.number);
}

/** Let changes go, and those of a coding that is not made; the words typed for them are drafts again. @param {Waiting} item @param {boolean} isRefused */
function drop(item, isRefused) {
  const gone = waiting.filter((each) => each === item || (isMaking(item) && each.subject === item.subject));
  for (const { draft } of gone) if (draft) keepDraft(draft.key, draft.words);
  keep(waiting.filter((each) => !gone.includes(each)));
  for (const screen of screens) screen.dropped(gone, isRefused);
}

/** @param {Waiting} item */
const isMaking = (item) => item.subject < 0 && !item.path.includes(":id");

/** Send what waits, until all is saved or nobody answers. */
export async function resend() {
  if (isSending) return;
  isSending = true;
  try {
    while (waiting.length) await sendFirst();
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    isAway = true;
    keep(waiting);
    for (const { resolve } of asking.values()) resolve(null);
    asking.clear();
  } finally {
    isSending = false;
  }
}

async function sendFirst() {
  const { number } = waiting[0], item = () => /** @type {Waiting} */ (waiting.find((each) => each.number === number));
  try {
    const answer = await send(item());
    isAway = false;
    take(item(), answer);
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    isAway = false;
    drop(item(), true);
    asking.get(number)?.reject(error);
    if (!asking.delete(number) && !(error instanceof Refusal)) throw error;
  }
}

/**
 * Save a change, after those before it.
 * @template {Answer} A @param {Change<A>} given
 * @returns {Promise<Answered<A> | null>} Null where the server is away: the change waits. Rejects with a Refusal.
 */
export function put(given) {
  const item = { ...given, subject: made.get(given.subject) ?? given.subject, number: (last += 1) };
  keep([...waiting, item]);
  return new Promise((resolve, reject) => {
    if (isAway) resolve(null); else asking.set(item.number, { resolve, reject });
    resend();
  });
}

/** @param {string} of @returns {Waiting[]} What waits for a source, in order. */
export const waitingFor = (of) => waiting.filter((item) => item.of === of);

/** @returns {number} A number for a coding that is not made yet. */
export const newNumber = () => -1 - Math.max(last, ...waiting.map(({ subject }) => -subject), ...[...made.keys()].map((each) => -each));

/** @param {Screen} screen Told of what was saved, refused, or taken back. */
export function follow(screen) {
  screens.add(screen);
}

/** Take the last change back that waits for a server that is away. @returns {boolean} Whether there was one. */
export function takeBack() {
  const item = waiting[waiting.length - 1];
  if (!item || !isAway || (isSending && waiting.length === 1)) return false;
  drop(item, false);
  return true;
}

line.addEventListener("back", () => resend());
window.addEventListener("beforeunload", (event) => { if (isAway && waiting.length) event.preventDefault(); });
