// @ts-check
// Codings whose words the current text lacks: take the passage that comes nearest, place them here, or let them go.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { ask, change, Refusal, Unreachable } from "../lib/api.js";
import { showDialog } from "../lib/dialogs.js";
import { askOr } from "../lib/page.js";
import { Done } from "../payloads/base.js";
import { Coded } from "../payloads/reader.js";
import { DriftedLine } from "../payloads/reading.js";
import { list } from "../lib/decode.js";

/** @typedef {import("./offsets.js").Span} Span */

/**
 * @param {import("./reading.js").Page} page
 * @param {import("./reading.js").Reading} reading
 * @param {ReturnType<typeof import("./offsets.js").makeText>} text
 * @param {{ show: (span: Span) => void, refresh: () => Promise<void> }} does
 */
export async function decideDrifted(page, reading, text, does) {
  const address = `/api/sources/${encodeURIComponent(page.ref)}/drifted`;
  const here = reading.passage(), box = document.createElement("div");
  const found = await askOr(address, list(DriftedLine), "The drifted codings");
  if (!found) return;
  let lines = found;

  /** @param {() => Promise<unknown>} save */
  async function decide(save) {
    try {
      await save();
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Unreachable)) throw error;
    }
    await does.refresh();
    lines = await ask(address, list(DriftedLine)).catch(() => lines);
    draw();
  }
  /** @param {number} coding @param {Span} span @param {string} quote */
  const place = (coding, span, quote) => decide(() => change("POST", `/api/codings/${coding}/place`, { start: span.start, end: span.end, quote }, Coded));
  /** @type {(answer: string | null) => void} */
  let close = () => {};
  function draw() {
    render(html`<p class="soft">The text of ${page.ref} is newer than these codings. They count as evidence only once they stand in it.</p>
      ${lines.length ? html`<ul class="drifted">${lines.map((line) => html`<li><b>${line.label}</b> <small class="soft">was ${line.place}</small><blockquote>${line.quote}</blockquote>
        ${line.candidates.slice(0, 3).map((each) => html`<p class="candidate"><q>${each.quote}</q> <small class="soft">${Math.round(each.score)} % alike</small> <button type="button" @click=${() => place(line.coding, each, each.quote)}>Take this passage</button> <button type="button" class="plain" @click=${() => { close(null); does.show(each); }}>Show</button></p>`)}
        ${line.candidates.length ? nothing : html`<p class="empty">No passage of the text comes near.</p>`}
        <p class="does">${here ? html`<button type="button" @click=${() => place(line.coding, here, "")}>Place at “${text.words(here).slice(0, 40)}…”</button>` : nothing}<button type="button" @click=${() => decide(() => change("POST", `/api/codings/${line.coding}/let-go`, null, Done))}>Let it go</button></p></li>`)}</ul>` : html`<p>All are decided.</p>`}
      ${here ? nothing : html`<p class="soft">To put one somewhere else, close this, choose the passage, and come back.</p>`}
      <p class="buttons"><button type="button" class="main" @click=${() => close(null)}>Close</button></p>`, box);
  }
  await showDialog("Drifted codings", (end) => { close = end; draw(); return box; });
}
