// @ts-check
// What taking a file over would bring, or brought: settings, differences to decide, losses to save.

import { html, nothing } from "../../vendor/lit-html.js";

/** @typedef {ReturnType<typeof import("../payloads/imports.js").ImportFile>} File */
/** @typedef {NonNullable<File["look"]>} Look */
/** @typedef {Look["differences"][number]} Difference */
/** @typedef {"workbook" | "project"} Side */
/** @typedef {{ isOpen: boolean, decided: Readonly<Record<string, Side>>, set: (name: string, value: string) => void, decide: (claims: readonly number[], side: Side) => void }} How */

const SIDES = { workbook: "The workbook's text", project: "The project's text" };
const GONE = "Leave it deleted";

/** @param {Look} look @returns {string} The loss report, as the command line writes it. */
const reportOf = (look) => `${[...look.choices, ...(look.losses.length ? look.losses.map((loss) => `${loss.kind}\t${loss.count}\t${loss.sentence}`) : ["Nothing was lost."])].join("\n")}\n`;
/** @param {Look} look */
const addressOf = (look) => `data:text/plain;charset=utf-8,${encodeURIComponent(reportOf(look))}`;

/** @param {File} file @param {Look["settings"][number]} setting @param {How} how */
function drawSetting(file, setting, how) {
  const change = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target);
    how.set(setting.name, field instanceof HTMLInputElement && field.type === "checkbox" ? (field.checked ? "yes" : "") : field.value);
  };
  const isColumn = setting.name.startsWith("column:"), label = isColumn ? html`<b>${setting.label}</b>` : setting.label;
  if (setting.kind === "flag") return html`<label><input type="checkbox" .checked=${setting.value !== ""} @change=${change}> ${label}</label>`;
  if (setting.kind === "choice") return html`<label title=${setting.told}>${label} <select aria-label=${setting.label} @change=${change}>${setting.options.map((each) => html`<option value=${each.value} ?selected=${each.value === setting.value}>${each.label}</option>`)}</select></label>`;
  return html`<label title=${setting.told}>${label} <input aria-label=${setting.label} size="14" autocomplete="off" placeholder=${setting.told} .value=${setting.value} @change=${change}></label>`;
}

/** @param {File} file @param {Look} look @param {How} how */
function drawSettings(file, look, how) {
  if (!how.isOpen || !look.settings.length) return nothing;
  const columns = look.settings.filter((each) => each.name.startsWith("column:")), rest = look.settings.filter((each) => !each.name.startsWith("column:"));
  return html`<fieldset class="settings"><legend>How ${file.name} is taken over</legend>
    ${columns.length ? html`<p class="soft">Which column is what:</p><div class="pairs">${columns.map((each) => drawSetting(file, each, how))}</div>` : nothing}
    ${rest.length ? html`<div class="pairs">${rest.map((each) => drawSetting(file, each, how))}</div>` : nothing}</fieldset>`;
}

/** @param {Difference} change */
function drawFields(change) {
  if (change.mark === "added") return html`<dl>${change.fields.map((field) => html`<dt>${field.name}</dt><dd>${field.given}</dd>`)}</dl>`;
  const isOnBoth = (/** @type {Difference["fields"][number]} */ field) => change.sides.length > 0 && field.now !== field.base;
  return html`<dl>${change.fields.map((field) => html`<dt>${field.name}</dt>
    <dd>${isOnBoth(field)
    ? html`<span class="soft">went out as</span> ${field.base || "–"}<br><span class="soft">workbook</span> <ins>${change.mark === "deleted" ? "deleted" : field.given || "–"}</ins><br><span class="soft">project</span> <b>${field.now || "–"}</b>`
    : html`<del>${field.base || "–"}</del> → <ins>${field.given || "–"}</ins>`}</dd>`)}</dl>`;
}

/** @param {File} file @param {Difference} change @param {How} how */
function drawSides(file, change, how) {
  if (!change.sides.length) return nothing;
  return html`<fieldset class="sides"><legend>Whose text of claim ${change.claim} holds?</legend>${change.sides.map((side) => html`<label><input type="radio" name=${`side-${file.number}-${change.claim}`} .checked=${how.decided[change.claim] === side} ?disabled=${!how.isOpen} @change=${() => how.decide([change.claim], /** @type {Side} */ (side))}> ${change.sides.length === 1 ? GONE : SIDES[/** @type {Side} */ (side)]}</label> `)}</fieldset>`;
}

/** @param {File} file @param {Look} look @param {How} how */
function drawDifferences(file, look, how) {
  if (!look.differences.length) return nothing;
  const both = look.differences.filter((each) => each.sides.length > 1).map((each) => each.claim), open = look.differences.filter((each) => each.sides.length && !how.decided[each.claim]).length;
  return html`${both.length && how.isOpen ? html`<p>${open ? html`<b>${open} to decide.</b>` : "All decided."} <button type="button" @click=${() => how.decide(both, "workbook")}>Workbook holds in all</button> <button type="button" @click=${() => how.decide(both, "project")}>Project holds in all</button></p>` : nothing}
    <ul class="differences" aria-label=${`Changes in ${file.name}`}>${look.differences.map((each) => html`<li class=${each.sides.length ? "conflict" : each.mark}>
      <p><b>${each.mark}</b> ${each.claim ? html`claim ${each.claim}, ` : nothing}${each.place} <span class="soft">${each.told}</span></p>${drawFields(each)}${drawSides(file, each, how)}</li>`)}</ul>`;
}

/** @param {File} file @param {How} how */
export function drawLook(file, how) {
  const look = file.look;
  if (!look) return nothing;
  return html`${drawSettings(file, look, how)}
    ${look.faults.length ? html`<ul class="refused" aria-label=${`What is wrong in ${file.name}`}>${look.faults.map((each) => html`<li>${each}</li>`)}</ul>` : nothing}
    ${drawDifferences(file, look, how)}
    ${look.choices.length ? html`<details><summary>What was decided on the way (${look.choices.length})</summary><ul>${look.choices.map((each) => html`<li>${each}</li>`)}</ul></details>` : nothing}
    ${look.losses.length ? html`<p><b>Not as it was:</b> <a class="button" download=${`${file.name.split("/").at(-1)}.losses.txt`} href=${addressOf(look)}>Save this list</a></p>
      <ul aria-label=${`What of ${file.name} does not come in as it was`}>${look.losses.map((loss) => html`<li>${loss.kind}: ${loss.count} ${loss.sentence}</li>`)}</ul>` : nothing}`;
}
