// @ts-check
// Changes that wait to be saved, shown over what the server has: made, changed, taken away, decided together.

import { waitingFor } from "../lib/outbox.js";

/** @typedef {import("./reading.js").Coding} Coding */
/**
 * A coding before and after a change: null before it is made, and after it is taken away; or several proposals decided.
 * @typedef {{ before?: Coding | null, after?: Coding | null, several?: readonly Coding[], isAccepted?: boolean }} Note
 */

/** @param {Coding[]} codings @param {number} id @param {Note | undefined} note @returns {Coding[]} The codings once it is made. */
export function show(codings, id, note) {
  if (note?.several) {
    const decided = new Set(note.several.map((each) => each.id));
    if (!note.isAccepted) return codings.filter((each) => !decided.has(each.id));
    return codings.map((each) => (decided.has(each.id) ? { ...each, state: "accepted" } : each));
  }
  if (!note || note.after === undefined) return codings;
  const { before, after } = note;
  if (!after) return codings.filter((each) => each.id !== id);
  if (codings.some((each) => each.id === id)) return codings.map((each) => (each.id === id ? { ...after, id } : each));
  return before ? codings : [...codings, { ...after, id }]; // what is changed but gone stays gone
}

/** @param {Coding[]} codings @param {number} id @param {Note | undefined} note @returns {Coding[]} The codings without it. */
export function takeBack(codings, id, note) {
  if (note?.several) return [...codings.filter((each) => !note.several?.some((other) => other.id === each.id)), ...note.several];
  if (!note || note.after === undefined) return codings;
  const others = codings.filter((each) => each.id !== id);
  return note.before ? [...others, { ...note.before, id }] : others;
}

/** @param {Coding[]} codings As the server has them. @param {string} ref @returns {Coding[]} With what waits for the source. */
export function withWaiting(codings, ref) {
  return waitingFor(ref).reduce((now, { subject, note }) => show(now, subject, /** @type {Note | undefined} */ (note)), codings);
}
