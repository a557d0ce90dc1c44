// @ts-check
// The panel of a theme: its wording, edited in place, its rules with what they would propose, what rests on it.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { ask, Refusal } from "../lib/api.js";
import { RuleCount } from "../payloads/codebook.js";

/** @typedef {ReturnType<typeof import("../payloads/codebook.js").ThemeNode>} Theme */
/** @typedef {(theme: Theme, field: string, value: string, was: string) => Promise<void>} Save */

const WAIT = 400;
/** @type {readonly [string, string, string][]} Field, label, hint. */
const WORDING = [["definition", "Definition", "What the theme means"], ["include", "Include", "What belongs here"], ["exclude", "Exclude", "What does not, and where it goes"], ["example", "Example", "A typical passage"], ["question", "Question", "What it asks of a source"]];

/** @type {ReturnType<typeof RuleCount> | null} */
let trial = null;
let refusal = "", timer = 0, of = "";

/** @param {Theme} theme @param {string} field @returns {string} A field as the text that is edited. */
export function textOf(theme, field) {
  const value = /** @type {Record<string, unknown>} */ (theme)[field];
  return Array.isArray(value) ? value.join("\n") : String(value);
}

/** @param {Theme} theme @param {() => void} redraw Count what the rules typed would propose. */
function tryRules(theme, redraw) {
  clearTimeout(timer);
  timer = window.setTimeout(async () => {
    const [phrases, patterns] = ["phrases", "patterns"].map((name) => /** @type {HTMLTextAreaElement | null} */ (document.querySelector(`#panel [name="${name}"]`))?.value ?? "");
    const body = { phrases: phrases.split("\n").map((line) => line.trim()).filter(Boolean), patterns };
    try {
      const options = { method: "POST", body: JSON.stringify(body) };
      trial = await ask(`/api/themes/${encodeURIComponent(theme.id)}/try`, RuleCount, options);
      refusal = "";
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal = error.message;
    }
    redraw();
  }, WAIT);
}

function drawTrial() {
  if (refusal) return html`<p class="refusal" role="alert">${refusal}</p>`;
  if (!trial) return nothing;
  return html`<div class="trial" role="status"><b>${trial.passages}</b> ${trial.passages === 1 ? "passage" : "passages"} in <b>${trial.sources}</b> of ${trial.looked_at} ${trial.looked_at === 1 ? "source" : "sources"}${trial.is_whole ? "" : " looked at so far"}
    <ul>${trial.examples.map((each) => html`<li><a href="/sources/${encodeURIComponent(each.ref)}#at=${each.start}">${each.ref}</a> ${each.quote}</li>`)}</ul></div>`;
}

/**
 * @param {HTMLElement} place
 * @param {Theme | undefined} theme
 * @param {{ labels: ReadonlyMap<string, string>, save: Save, leave: () => void, buttons: unknown }} given
 */
export function drawPanel(place, theme, given) {
  if (!theme) {
    render(html`<p class="empty">Choose a theme.</p>`, place);
    return;
  }
  if (of !== theme.id) { trial = null; refusal = ""; of = theme.id; }
  const redraw = () => drawPanel(place, theme, given);
  /** @param {string} field */
  const events = (field) => ({
    /** @param {Event} event */ blur: (event) => { const value = /** @type {HTMLTextAreaElement} */ (event.target).value; if (value !== textOf(theme, field)) given.save(theme, field, value, textOf(theme, field)); },
    /** @param {KeyboardEvent} event */ key: (event) => {
      const area = /** @type {HTMLTextAreaElement} */ (event.target);
      if (event.key === "Escape") area.value = textOf(theme, field);
      else if (!(event.key === "Enter" && (event.ctrlKey || event.metaKey || area instanceof HTMLInputElement))) return;
      event.preventDefault();
      event.stopPropagation();
      given.leave();
    },
  });
  /** @param {string} field @param {string} label @param {string} hint @param {(() => void) | null} [typed] */
  const area = (field, label, hint, typed = null) => html`<label>${label}<textarea name=${field} rows="2" placeholder=${hint} .value=${textOf(theme, field)} @blur=${events(field).blur} @keydown=${events(field).key} @input=${typed ?? nothing}></textarea></label>`;
  const typed = () => tryRules(theme, redraw);
  render(html`<header><span class="swatch ${theme.look}"></span><input class="label-field" name="label" aria-label="Label" .value=${theme.label} @blur=${events("label").blur} @keydown=${events("label").key}>
      <input type="color" name="colour" aria-label="Colour" .value=${theme.colour || "#8a857b"} @change=${(/** @type {Event} */ event) => given.save(theme, "colour", /** @type {HTMLInputElement} */ (event.target).value, theme.colour)}></header>
    <p class="soft">${theme.id} · ${theme.origin.replace("_", " ")}${theme.is_retired ? " · retired" : ""}${theme.merged_into ? html` · taken over by <a href="#theme=${theme.merged_into}">${given.labels.get(theme.merged_into)}</a>` : nothing}${theme.split_from ? html` · a part of <a href="#theme=${theme.split_from}">${given.labels.get(theme.split_from)}</a>` : nothing}</p>
    <p>${theme.below ? html`<a href="/explore/passages?theme=${encodeURIComponent(theme.id)}">${theme.below} codings</a>` : "No coding"}, ${theme.claims} ${theme.claims === 1 ? "claim" : "claims"}, ${theme.sites} ${theme.sites === 1 ? "site" : "sites"}</p>
    <p class="tools">${given.buttons}</p>
    ${area(...WORDING[0])}<div class="pair">${area(...WORDING[1])}${area(...WORDING[2])}</div><div class="pair">${area(...WORDING[3])}${area(...WORDING[4])}</div>
    ${area("aliases", "Other names, one a line", "Names in files and comments that mean this theme")}
    ${area("phrases", "Phrases that propose a coding, one a line", "waiting list", typed)}
    ${drawTrial()}
    <details><summary>Token patterns</summary>${area("patterns", "A JSON list of patterns, each a list of token conditions", '[[{"LOWER": "waiting"}, {"LOWER": "list"}]]', typed)}</details>
    <p class="soft">A field is saved when it is left; <kbd>Ctrl</kbd>+<kbd>Enter</kbd> saves, <kbd>Esc</kbd> gives up. What rules propose counts only once it is accepted.</p>`, place);
}
