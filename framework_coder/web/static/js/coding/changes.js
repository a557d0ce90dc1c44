// @ts-check
// Changes of codings: shown at once, saved behind, and taken back where the server refuses.

import { change, Refusal, Unreachable } from "../lib/api.js";
import { tell } from "../lib/page.js";
import { Done } from "../payloads/base.js";
import { Coded, ThemeMade } from "../payloads/reader.js";
import { rememberTheme } from "./picker.js";

/** @typedef {import("./reading.js").Coding} Coding */
/** @typedef {import("./reading.js").Span} Span */

/** @param {unknown} error What was refused was told already; anything else is a fault of ours. */
function letRefusalsPass(error) {
  if (!(error instanceof Refusal || error instanceof Unreachable)) throw error;
}

/** @param {import("./reading.js").Page} page @param {import("./reading.js").Reading} reading @param {() => Promise<void>} refresh */
export function makeChanges(page, reading, refresh) {
  const own = `/api/sources/${encodeURIComponent(page.ref)}`;
  let made = 0;

  /** @param {number} id @param {Coding} coding The number it is shown under, and what the server made of it. */
  function settle(id, coding) {
    reading.replace(id, coding);
    if (reading.get().chosen === id) reading.set({ chosen: coding.id });
  }

  /** @param {Coding} coding @param {Coding} wanted @param {() => Promise<ReturnType<typeof Coded>>} save */
  async function changeShown(coding, wanted, save) {
    reading.replace(coding.id, wanted);
    try {
      const done = await save();
      settle(coding.id, done.coding);
      reading.noteEntry(done.entry);
    } catch (error) {
      reading.replace(coding.id, coding);
      letRefusalsPass(error);
      if (error instanceof Refusal) await refresh(); // somebody else may have changed it: show what stands
    }
  }

  return {
    /** @param {Span} span @param {string} theme Code a passage. */
    async code(span, theme) {
      rememberTheme(theme);
      const site = reading.get().site;
      /** @type {Coding} */
      const shown = { ...span, id: -(made += 1), theme, site, coder: page.who, origin: "manual", state: "accepted", score: null, reason: "" };
      reading.set({ codings: [...reading.get().codings, shown] });
      try {
        const done = await change("POST", `${own}/codings`, { theme, site, start: span.start, end: span.end, quote: "" }, Coded);
        settle(shown.id, done.coding);
        reading.noteEntry(done.entry);
      } catch (error) {
        reading.replace(shown.id, null);
        letRefusalsPass(error);
      }
    },

    /** @param {Coding} coding @param {Partial<Pick<Coding, "start" | "end" | "theme" | "site">>} fields */
    async edit(coding, fields) {
      if (coding.id < 0) return;
      if (fields.theme) rememberTheme(fields.theme);
      const body = { ...fields, seen: [coding.start, coding.end, coding.theme] };
      await changeShown(coding, { ...coding, ...fields }, () => change("PATCH", `/api/codings/${coding.id}`, body, Coded));
    },

    /** @param {Coding} coding @param {string} [theme] Accept a proposal, at another theme where one is named. */
    async accept(coding, theme) {
      const wanted = { ...coding, theme: theme ?? coding.theme, state: "accepted" };
      await changeShown(coding, wanted, () => change("POST", `/api/codings/${coding.id}/accept`, { theme: theme ?? null }, Coded));
    },

    /** @param {Coding} coding */
    async reject(coding) {
      await this.take(coding, "POST", `/api/codings/${coding.id}/reject`, Coded, "");
    },

    /** @param {Coding} coding */
    async remove(coding) {
      await this.take(coding, "DELETE", `/api/codings/${coding.id}`, Done, "Coding removed.");
    },

    /** @template {{ entry: number }} T @param {Coding} coding @param {string} method @param {string} path @param {import("../lib/decode.js").Decoder<T>} decode @param {string} told Take a coding from the text. */
    async take(coding, method, path, decode, told) {
      if (coding.id < 0) return;
      reading.replace(coding.id, null);
      try {
        reading.noteEntry((await change(method, path, null, decode)).entry);
        if (told) tell(told, { undo: true });
      } catch (error) {
        reading.set({ codings: [...reading.get().codings, coding], chosen: coding.id });
        letRefusalsPass(error);
      }
    },

    /** @param {readonly Coding[]} codings @param {boolean} isAccepted Decide on several proposals in one step. */
    async decideTogether(codings, isAccepted) {
      try {
        const done = await change("POST", "/api/decisions", { codings: codings.map((each) => each.id), is_accepted: isAccepted }, Done);
        tell(done.told, { undo: true });
      } catch (error) {
        letRefusalsPass(error);
      }
      await refresh();
    },

    /** Apply the rules of the themes to this source. */
    async propose() {
      tell("Applying the rules of the themes to this source …");
      try {
        tell((await change("POST", `${own}/proposals`, null, Done)).told);
      } catch (error) {
        letRefusalsPass(error);
      }
      await refresh();
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
