// @ts-check
// Talk to the server: one way to ask and one to change; says when saving, saved, refused or out of reach.

/** @template T @typedef {import("./decode.js").Decoder<T>} Decoder */

/** A refusal in the server's own sentence. */
export class Refusal extends Error {
  /** @param {number} status @param {{ kind?: string, sentence?: string, wanted?: string, standing?: string }} told */
  constructor(status, told) {
    super(told.sentence ?? `The server answered with ${status}.`);
    this.status = status;
    this.kind = told.kind ?? "";
    this.wanted = told.wanted ?? "";
    this.standing = told.standing ?? "";
  }
}

/** Nobody answers: the server was stopped, or the line is down. */
export class Unreachable extends Error {}

/** @type {EventTarget} Sends `saving`, `saved`, `refused` (detail: a sentence), `lost` (detail: a sentence), `back`, and `waiting` (detail: how many changes). */
export const line = new EventTarget();
let isLost = false;

const AWAY = "The server does not answer.";
const STRANGE = "The server was started anew and does not know this browser yet: open the link that it printed.";

/** @param {string} name @param {string} [detail] */
function send(name, detail) {
  line.dispatchEvent(new CustomEvent(name, { detail }));
}

/** @param {string} why @returns {Unreachable} */
function lose(why) {
  if (!isLost) send("lost", why);
  isLost = true;
  return new Unreachable(why);
}

/** @template T @param {string} path @param {RequestInit} options @param {Decoder<T>} decode @returns {Promise<T>} */
async function call(path, options, decode) {
  let response;
  try {
    response = await fetch(path, { headers: { "Content-Type": "application/json" }, ...options });
  } catch {
    throw lose(AWAY);
  }
  if (response.status === 401) throw lose(STRANGE);
  if (isLost) send("back");
  isLost = false;
  if (!response.ok) throw new Refusal(response.status, await response.json().catch(() => ({})));
  return decode(await response.json(), path);
}

/** Ask for something; `options` where the question does not fit into an address. @template T @param {string} path @param {Decoder<T>} decode @param {RequestInit} [options] @returns {Promise<T>} */
export function ask(path, decode, options = {}) {
  return call(path, options, decode);
}

/**
 * Change something; `isKept` says that it will be tried again where nobody answers.
 * @template T @param {string} method @param {string} path @param {unknown} body @param {Decoder<T>} decode @param {{ isKept?: boolean }} [how] @returns {Promise<T>}
 */
export async function change(method, path, body, decode, how = {}) {
  send("saving");
  try {
    const done = await call(path, { method, body: JSON.stringify(body) }, decode);
    send("saved");
    return done;
  } catch (error) {
    if (!(how.isKept && error instanceof Unreachable)) send("refused", error instanceof Error ? error.message : String(error));
    throw error;
  }
}

/** @template T @param {string} id @param {Decoder<T>} decode @returns {T} The data that the page came with. */
export function readPage(id, decode) {
  return decode(JSON.parse(document.getElementById(id)?.textContent ?? "null"), id);
}
