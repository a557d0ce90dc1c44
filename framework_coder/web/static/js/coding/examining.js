// @ts-check
// Mark the source as examined for themes: all, those coded, or some; or take that back.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { Refusal } from "../lib/api.js";
import { showDialog } from "../lib/dialogs.js";
import { put } from "../lib/outbox.js";
import { askOr, tell } from "../lib/page.js";
import { SourceCoverage } from "../payloads/reading.js";

/** @typedef {ReturnType<typeof SourceCoverage>["lines"][number]} Line */

const SAID = { examined: "examined", partly: "partly", again: "due again", not: "" };

/** @param {import("./reading.js").Page} page @param {import("./reading.js").Reading} reading */
export async function askExamined(page, reading) {
  const address = `/api/sources/${encodeURIComponent(page.ref)}/coverage`;
  const found = await askOr(address, SourceCoverage, "How the source stands");
  if (!found) return;
  const { lines } = found;
  const coded = new Set(reading.get().codings.map((each) => each.theme));
  const isCoded = (/** @type {Line} */ line) => coded.has(line.theme);
  const groups = [...new Set(lines.map((each) => each.group))];
  const chosen = new Set(lines.filter((each) => each.standing !== "examined").map((each) => each.theme));
  const done = lines.filter((each) => each.standing === "examined").length;
  const box = document.createElement("div");

  /** @param {(line: Line) => boolean} isMeant */
  const choose = (isMeant) => {
    chosen.clear();
    for (const line of lines) if (isMeant(line)) chosen.add(line.theme);
    draw();
  };
  /** @param {string} theme @param {Event} event */
  const turn = (theme, event) => {
    if (/** @type {HTMLInputElement} */ (event.target).checked) chosen.add(theme); else chosen.delete(theme);
    draw();
  };
  /** @param {Line} line */
  const row = (line) => html`<label class="tick"><input type="checkbox" .checked=${chosen.has(line.theme)} @change=${(/** @type {Event} */ event) => turn(line.theme, event)}><span>${line.label}</span>
    <small title=${line.told}>${SAID[/** @type {keyof typeof SAID} */ (line.standing)]}${isCoded(line) ? " · coded" : ""}</small></label>`;
  /** @type {(answer: string | null) => void} */
  let close = () => {};
  function draw() {
    render(html`<p class="soft">Examined for ${done} of ${lines.length} themes. A cell is silent only when each of its sources was examined and nothing was found.</p>
      <p class="does"><button type="button" @click=${() => choose(() => true)}>All</button><button type="button" @click=${() => choose(isCoded)}>Those coded here</button><button type="button" @click=${() => choose((line) => line.standing !== "examined")}>Those left</button><button type="button" @click=${() => choose(() => false)}>None</button></p>
      <div class="ticks">${groups.map((group) => html`<fieldset><legend>${group} <button type="button" class="plain" @click=${() => choose((line) => line.group === group)}>only these</button></legend>${lines.filter((each) => each.group === group).map(row)}</fieldset>`)}</div>
      <p class="buttons"><button type="button" class="main" ?disabled=${!chosen.size} @click=${() => close("examined")}>Mark ${chosen.size} examined</button> <button type="button" ?disabled=${!chosen.size} @click=${() => close("partly")}>Partly</button> <button type="button" ?disabled=${!chosen.size} @click=${() => close("not")}>Withdraw</button> <button type="button" @click=${() => close(null)}>Cancel</button></p>`, box);
  }
  const state = await showDialog(`${page.ref}: examined for`, (end) => {
    close = end;
    draw();
    return lines.length ? box : html`<p>There is no theme yet to examine this source for.</p>${nothing}`;
  });
  if (!state) return;
  try {
    const now = await put({ of: page.ref, subject: 0, answer: "coverage", method: "PUT", path: address, body: { themes: [...chosen], state } });
    const before = reading.get().examined.filter((theme) => !chosen.has(theme));
    const examined = now ? now.lines.filter((each) => each.standing === "examined").map((each) => each.theme) : [...before, ...(state === "examined" ? chosen : [])];
    reading.set({ examined });
    tell(state === "not" ? `Coverage of ${chosen.size} themes withdrawn.` : `${state === "partly" ? "Partly examined" : "Examined"} for ${chosen.size} themes.`, { undo: true });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
