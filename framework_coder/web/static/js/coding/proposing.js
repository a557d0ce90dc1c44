// @ts-check
// Rules at work on the source: a bar that says how far they are, with a button that stops them.

import { html, render } from "../../vendor/lit-html.js";
import { ask, change, Refusal, Unreachable } from "../lib/api.js";
import { byId, tell } from "../lib/page.js";
import { Done } from "../payloads/base.js";
import { RulesAtWork } from "../payloads/reader.js";

const SHOWN_AFTER = 400, ASKED_EVERY = 500;
let isRunning = false;

/** @param {string} address Of the source's proposals. @returns {Promise<void>} Resolves when the rules are through, or stopped. */
export async function proposeByRules(address) {
  if (isRunning) return;
  isRunning = true;
  const bar = document.createElement("div");
  bar.className = "toast";
  const stop = () => { change("DELETE", address, null, RulesAtWork).catch(() => {}); };
  /** @param {number} done @param {number} total */
  const draw = (done, total) => render(html`<label>Applying the rules of the themes … <progress max=${total || 1} .value=${done}></progress></label><button type="button" class="plain" @click=${stop}>Stop</button>`, bar);
  const shown = setTimeout(() => { draw(0, 0); byId("toasts").append(bar); }, SHOWN_AFTER);
  const asked = setInterval(() => ask(address, RulesAtWork).then(({ done, total }) => draw(done, total)).catch(() => {}), ASKED_EVERY);
  try {
    tell((await change("POST", address, null, Done)).told);
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof Unreachable)) throw error;
  } finally {
    clearTimeout(shown);
    clearInterval(asked);
    bar.remove();
    isRunning = false;
  }
}
