// @ts-check
// Filter what is shown by theme, coder and state; the address remembers it, so that a filtered reader can be linked to.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { NO_FILTER } from "./reading.js";

/** @typedef {import("./reading.js").Filter} Filter */

const FIELDS = /** @type {const} */ (["theme", "coder", "state"]);

/** @returns {Filter} What the address asks for. */
export function readFilter() {
  const given = new URLSearchParams(location.search), found = { ...NO_FILTER };
  for (const field of FIELDS) found[field] = given.get(field) ?? "";
  return FIELDS.some((field) => found[field]) ? found : NO_FILTER;
}

/** @param {Filter} filter */
function writeFilter(filter) {
  const address = new URL(location.href);
  for (const field of FIELDS) if (filter[field]) address.searchParams.set(field, filter[field]); else address.searchParams.delete(field);
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

/** @param {import("./reading.js").Reading} reading @param {{ find: () => void }} does */
export function makeFilters(reading, does) {
  const tools = /** @type {HTMLElement} */ (document.getElementById("tools"));

  /** @param {Partial<Filter>} part */
  function set(part) {
    const filter = { ...reading.get().filter, ...part };
    reading.set({ filter: FIELDS.some((field) => filter[field]) ? filter : NO_FILTER });
  }

  /** @param {keyof Filter} field @param {string} label @param {[string, string][]} choices */
  const choice = (field, label, choices) => {
    const { filter } = reading.get();
    return html`<select aria-label=${`${label} shown`} class=${filter[field] ? "on" : ""} @change=${(/** @type {Event} */ event) => set({ [field]: /** @type {HTMLSelectElement} */ (event.target).value })}>
      <option value="" .selected=${!filter[field]}>${label}: all</option>${choices.map(([value, name]) => html`<option value=${value} .selected=${filter[field] === value}>${name}</option>`)}</select>`;
  };

  /** @type {unknown[]} */
  let drawnFrom = [];
  return {
    draw() {
      const { themes, codings, filter } = reading.get(), from = [themes, codings, filter];
      if (from.every((each, place) => each === drawnFrom[place])) return;
      drawnFrom = from;
      writeFilter(filter);
      const coders = [...new Set(codings.map((each) => each.coder))].sort();
      render(html`${choice("theme", "Themes", themes.map((each) => [each.id, `${"\u2003".repeat(each.depth)}${each.label}`]))}${choice("coder", "Coders", coders.map((each) => [each, each]))}${choice("state", "States", [["accepted", "accepted"], ["proposed", "proposed"]])}
        ${filter === NO_FILTER ? nothing : html`<button type="button" class="plain" @click=${() => reading.set({ filter: NO_FILTER })}>${reading.shown().length} of ${codings.length} · show all</button>`}<button type="button" @click=${does.find}>Find <kbd>F</kbd></button>`, tools);
    },
  };
}
