// @ts-check
// Changes of codings: shown at once, saved behind, kept while the server is away, and taken back where it refuses.

import { change, Refusal, Unreachable } from "../lib/api.js";
import { follow, newNumber, put } from "../lib/outbox.js";
import { tell } from "../lib/page.js";
import { Done } from "../payloads/base.js";
import { Coded, ThemeMade } from "../payloads/reader.js";
import { leaveTyped, rememberTheme } from "./picker.js";
import { proposeByRules } from "./proposing.js";
import { show, takeBack, withWaiting } from "./waiting.js";

/** @typedef {import("./reading.js").Coding} Coding */
/** @typedef {import("./reading.js").Span} Span */
/** @typedef {import("./waiting.js").Note} Note */

/** @param {unknown} error What was refused was told already; anything else is a fault of ours. */
function letRefusalsPass(error) {
  if (!(error instanceof Refusal || error instanceof Unreachable)) throw error;
}

/** @param {import("./reading.js").Page} page @param {import("./reading.js").Reading} reading @param {{ refresh: () => Promise<void>, settle: () => void }} does `settle` ends what is being moved. */
export function makeChanges(page, reading, does) {
  const own = `/api/sources/${encodeURIComponent(page.ref)}`;

  /** @param {Coding | null} before @param {Coding | null} after @param {number} subject @param {Pick<import("../lib/outbox.js").Change, "answer" | "method" | "path" | "body">} how Show a change at once, and save it. */
  async function make(before, after, subject, how) {
    const note = { before, after };
    reading.set({ codings: show(reading.get().codings, subject, note) });
    return save({ of: page.ref, subject, note, ...how });
  }

  /** @template {import("../lib/outbox.js").Answer} A @param {import("../lib/outbox.js").Change<A>} item */
  async function save(item) {
    try {
      return await put(item);
    } catch (error) {
      letRefusalsPass(error);
      return null;
    }
  }

  follow({
    taken(item, answer) {
      if (item.of !== page.ref) return;
      does.settle();
      const { codings, chosen } = reading.get();
      if ("coding" in answer) {
        const { coding } = answer;
        const now = codings.filter((each) => each.id === item.subject || each.id !== coding.id).map((each) => (each.id === item.subject ? coding : each));
        reading.set({ codings: withWaiting(now, page.ref), chosen: chosen === item.subject ? coding.id : chosen });
      }
      reading.noteEntry(answer.entry);
    },
    dropped(items, isRefused) {
      if (!items.some((item) => item.of === page.ref)) return;
      for (const { subject, note } of items.reverse()) reading.set({ codings: takeBack(reading.get().codings, subject, /** @type {Note | undefined} */ (note)) });
      if (isRefused) does.refresh(); // somebody else may have changed it: show what stands
    },
  });

  return {
    /** @param {Span} span @param {string} theme Code a passage. */
    async code(span, theme) {
      rememberTheme(theme);
      const { site } = reading.get();
      /** @type {Coding} */
      const coding = { ...span, id: newNumber(), theme, site, coder: page.who, origin: "manual", state: "accepted", score: null, reason: "" };
      const body = { theme, site, start: span.start, end: span.end, quote: "" };
      await make(null, coding, coding.id, { answer: "coded", method: "POST", path: `${own}/codings`, body });
    },

    /** @param {Coding} coding @param {Partial<Pick<Coding, "start" | "end" | "theme" | "site">>} fields */
    async edit(coding, fields) {
      if (fields.theme) rememberTheme(fields.theme);
      const body = { ...fields, seen: [coding.start, coding.end, coding.theme] };
      await make(coding, { ...coding, ...fields }, coding.id, { answer: "coded", method: "PATCH", path: "/api/codings/:id", body });
    },

    /** @param {Coding} coding @param {string} [theme] Accept a proposal, at another theme where one is named. */
    async accept(coding, theme) {
      const wanted = { ...coding, theme: theme ?? coding.theme, state: "accepted" };
      await make(coding, wanted, coding.id, { answer: "coded", method: "POST", path: "/api/codings/:id/accept", body: { theme: theme ?? null } });
    },

    /** @param {Coding} coding */
    async reject(coding) {
      await make(coding, null, coding.id, { answer: "coded", method: "POST", path: "/api/codings/:id/reject", body: null });
    },

    /** @param {Coding} coding */
    async remove(coding) {
      const done = await make(coding, null, coding.id, { answer: "done", method: "DELETE", path: "/api/codings/:id", body: null });
      if (done) tell("Coding removed.", { undo: true });
    },

    /** @param {readonly Coding[]} codings @param {boolean} isAccepted Decide on several proposals in one step. */
    async decideTogether(codings, isAccepted) {
      const note = { several: codings, isAccepted };
      reading.set({ codings: show(reading.get().codings, 0, note) });
      const body = { codings: codings.map((each) => each.id), is_accepted: isAccepted };
      const done = await save({ of: page.ref, subject: 0, note, answer: "done", method: "POST", path: "/api/decisions", body });
      if (done) tell(done.told, { undo: true });
    },

    /** Apply the rules of the themes to this source. */
    async propose() {
      await proposeByRules(`${own}/proposals`);
      await does.refresh();
    },

    /** @param {{ label: string, parent: string, why: string }} given @returns {Promise<string | null>} The id of a theme that was made. */
    async makeTheme(given) {
      try {
        const done = await change("POST", "/api/emergent-themes", given, ThemeMade);
        await loadLook(done.entry);
        reading.set({ themes: done.themes });
        reading.noteEntry(done.entry);
        return done.made;
      } catch (error) {
        letRefusalsPass(error);
        leaveTyped(given.label); // the picker has it still
        return null;
      }
    },
  };
}

/** Load the colours of themes anew, and let go of the old ones once they are there. @param {number} entry @returns {Promise<void>} */
export function loadLook(entry) {
  const old = document.querySelector('link[href^="/look.css"]'), link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = `/look.css?${entry}`;
  return new Promise((resolve) => {
    link.addEventListener("load", () => { old?.remove(); resolve(); });
    link.addEventListener("error", () => { link.remove(); resolve(); });
    document.head.append(link);
  });
}
