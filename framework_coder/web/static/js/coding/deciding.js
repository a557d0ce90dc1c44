// @ts-check
// What coding and deciding come to: the picker and its answer, one proposal after another, all of a theme.

import { askYes } from "../lib/dialogs.js";
import { tell } from "../lib/page.js";
import { pickTheme } from "./picker.js";

const LONGEST = 160;

/**
 * @param {string} ref
 * @param {import("./reading.js").Reading} reading
 * @param {ReturnType<typeof import("./offsets.js").makeText>} text
 * @param {ReturnType<typeof import("./changes.js").makeChanges>} changes
 * @param {ReturnType<typeof import("./moving.js").makeMoving>} moving
 */
export function makeDeciding(ref, reading, text, changes, moving) {
  /** @param {string} title @returns {Promise<string | null>} A theme, made where it was not there. */
  async function choose(title) {
    const picked = await pickTheme(reading.get().themes, title);
    /** @type {HTMLElement} */ (document.getElementById("text")).focus({ preventScroll: true });
    if (!picked) return null;
    return "theme" in picked ? picked.theme : changes.makeTheme({ ...picked, why: whyNow() });
  }

  /** @returns {string} The reason for a new theme: the passage that it came out of. */
  function whyNow() {
    const span = reading.passage() ?? reading.chosen(), words = span ? text.words(span) : "";
    const quote = words.length > LONGEST ? `${words.slice(0, LONGEST)} …` : words;
    return quote ? `came out of reading ${ref}: “${quote}”` : `came out of reading ${ref}`;
  }

  /** @returns {import("./reading.js").Coding | undefined} The proposal that Y and N decide: the chosen one, else the first. */
  function current() {
    const waiting = reading.proposals();
    return waiting.find((each) => each.id === reading.get().chosen) ?? waiting[0];
  }

  /** @param {boolean} isAccepted @param {string} [theme] */
  function decide(isAccepted, theme) {
    const waiting = reading.proposals(), coding = current();
    if (!coding) {
      tell("No proposal waits in this source.");
      return;
    }
    const place = waiting.indexOf(coding), next = waiting[place + 1] ?? waiting[place - 1];
    if (isAccepted) changes.accept(coding, theme); else changes.reject(coding);
    moving.choose(next?.id ?? null);
  }

  /** @param {string | undefined} theme @param {import("./offsets.js").Span | null} [given] Code the passage, or the one given. */
  function code(theme, given) {
    const span = given ?? reading.passage();
    if (!theme || !span) return;
    getSelection()?.removeAllRanges();
    reading.set({ segment: reading.segmentAt(span.start), selected: null, chosen: null });
    changes.code(span, theme);
  }

  return {
    code,

    /** Code what is chosen at a theme from the picker. */
    async pick() {
      const span = reading.passage();
      if (!span) {
        tell("Choose a passage first: select words, or move with J and K.");
        return;
      }
      const theme = await choose("Code at");
      if (theme) code(theme, span);
    },

    /** Give the chosen coding another theme; a proposal is accepted there. */
    async retheme() {
      const coding = reading.chosen() ?? current();
      if (!coding) {
        tell("Choose a coding first: click its stripe, or go there with C.");
        return;
      }
      const theme = await choose(coding.state === "proposed" ? "Accept at" : "Change the theme to");
      if (!theme) return;
      reading.set({ chosen: coding.id });
      if (coding.state === "proposed") decide(true, theme); else if (theme !== coding.theme) changes.edit(coding, { theme });
    },

    first() {
      const coding = reading.proposals()[0];
      if (coding) moving.choose(coding.id); else tell("No proposal waits in this source.");
    },
    accept: () => decide(true),
    reject: () => decide(false),

    /** @param {string} theme Empty: that of the proposal at hand. @param {boolean} isAccepted */
    async decideAll(theme, isAccepted) {
      const wanted = theme || current()?.theme, some = reading.proposals().filter((each) => each.theme === wanted);
      if (!wanted || !some.length) return;
      const label = reading.theme(wanted)?.label ?? wanted, verb = isAccepted ? "Accept" : "Reject";
      const told = `${some.length} proposals at “${label}” in this source are decided in one step; undo takes them all back.`;
      if (await askYes({ title: `${verb} all at ${label}?`, told, take: `${verb} ${some.length}` })) await changes.decideTogether(some, isAccepted);
    },

    /** @param {MouseEvent} event Put the cursor where the mouse clicked; a second click there chooses the coding under it. */
    clickAt(event) {
      const offset = text.offsetUnder(event.clientX, event.clientY);
      if (offset === null) return;
      moving.save();
      const segment = reading.segmentAt(offset), is = reading.get();
      const under = reading.shown().filter((each) => each.start <= offset && offset < each.end).sort((one, other) => one.end - one.start - (other.end - other.start));
      if (under.length && is.segment === segment) reading.set({ chosen: under[(under.findIndex((each) => each.id === is.chosen) + 1) % under.length].id, selected: null });
      else reading.set({ segment, length: 1, selected: null, chosen: null });
    },
  };
}
