// @ts-check
// Dialogs of the matrix: where to go, a claim's history, why a theme does not apply.

import { html } from "../../vendor/lit-html.js";
import { ask } from "../lib/api.js";
import { list } from "../lib/decode.js";
import { askWords, showDialog } from "../lib/dialogs.js";
import { EditLine } from "../payloads/cells.js";

/** @typedef {import("./words.js").Page} Page */

/** Ask for a site or a theme by the beginning of its name. @param {Page} page @returns {Promise<{ site?: string, theme?: string } | null>} */
export async function askPlace(page) {
  const names = [...page.sites.map((site) => `${site.code} ${site.name}`), ...page.themes.map((theme) => theme.label)];
  const said = await showDialog("Go to a site or a theme", (close) => html`<form class="find" @submit=${(/** @type {SubmitEvent} */ event) => { event.preventDefault(); close(String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("name"))); }}>
    <label>Name <input name="name" list="places" autocomplete="off" autofocus></label><datalist id="places">${names.map((name) => html`<option value=${name}></option>`)}</datalist>
    <p class="buttons"><button class="main">Go</button></p></form>`);
  const words = said?.trim().toLowerCase();
  if (!words) return null;
  const fits = (/** @type {string} */ name) => name.toLowerCase().startsWith(words);
  const site = page.sites.find((each) => fits(`${each.code} ${each.name}`) || fits(each.name));
  return site ? { site: site.code } : { theme: page.themes.find((each) => fits(each.label))?.id };
}

/** @param {number} claim */
export async function showHistory(claim) {
  const lines = await ask(`/api/claims/${claim}/history`, list(EditLine));
  await showDialog(`History of claim ${claim}`, (close) => html`<table class="list"><thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th></tr></thead>
    <tbody>${lines.map((each) => html`<tr><td>${each.made_at.slice(0, 16).replace("T", " ")}</td><td>${each.who}</td><td><b>${each.action}</b>${each.why ? ` (${each.why})` : ""}<br>${each.told}</td></tr>`)}</tbody></table>
    <p class="buttons"><button type="button" class="main" @click=${() => close(null)}>Close</button></p>`);
}

/** Ask why a theme does not apply. */
export const askReason = () => askWords({ title: "Mark not applicable", label: "Why does the theme not apply at this site?", take: "Mark" });
