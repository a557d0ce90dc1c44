// @ts-check
// An import as a table: each file with its progress, what is proposed for it, what came of it.

import { html, nothing } from "../../vendor/lit-html.js";
import { drawLook } from "./looks.js";

/** @typedef {ReturnType<typeof import("../payloads/imports.js").ImportJob>} Job */
/** @typedef {Job["files"][number]} File */
/** @typedef {{ action: string, site: string, method: string, decided: Record<string, "workbook" | "project">, settings: Record<string, string> }} Choice */
/** @typedef {{ job: Job, shares: ReadonlyMap<number, number>, refused: ReadonlyMap<number, string>, choices: ReadonlyMap<number, Choice>, isSending: boolean }} Shown */
/** @typedef {{ leaveOut: (number: number) => void, cancel: () => void, start: () => void, look: (number: number, action: string, settings: Record<string, string>) => void, choose: (numbers: readonly number[], part: Partial<Choice>) => void }} Acts */

/** @param {Event} event */
const valueOf = (event) => /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value;
const STATES = /** @type {Record<string, string>} */ ({ waiting: "waiting", sent: "ready", "not reached": "not reached" });

/** @param {File} file @param {Shown} shown */
function drawState(file, shown) {
  const share = shown.shares.get(file.number), isSent = file.state !== "waiting";
  if (shown.refused.has(file.number)) return html`<span class="refused">refused</span>`;
  if (!isSent && share !== undefined) return html`<progress max="1" .value=${share} aria-label=${`${file.name} is sent`}></progress> sending`;
  if (["reading", "looking", "taking over"].includes(file.state)) return html`<progress aria-label=${`${file.name}: ${file.state}`}></progress> ${file.state}`;
  return html`<span class=${file.state === "refused" ? "refused" : ""}>${STATES[file.state] ?? file.state}</span>`;
}

/** @param {File} file @param {string} action @param {Acts} acts What is taken over is looked at first. */
function pick(file, action, acts) {
  acts.choose([file.number], { action, settings: {} });
  if (action.startsWith("take:") && action !== `take:${file.look?.kind}`) acts.look(file.number, action, {});
}

/** @param {File} file @param {Shown} shown @param {Acts} acts */
function drawMore(file, shown, acts) {
  const choice = shown.choices.get(file.number), isOpen = shown.job.state === "gathering" && ["sent", "looking"].includes(file.state);
  if (!file.look || isOpen && choice?.action !== `take:${file.look.kind}`) return nothing;
  const { settings, kind, differences, faults, choices, losses } = file.look;
  if (!faults.length && !differences.length && !choices.length && !losses.length && !(isOpen && settings.length)) return nothing;
  const given = Object.fromEntries(settings.map((each) => [each.name, each.value])), decided = choice?.decided ?? {};
  return html`<tr class="look"><td colspan="7">${drawLook(file, {
    isOpen, decided,
    set: (name, value) => {
      const settings = { ...given, ...choice?.settings, [name]: value };
      acts.choose([file.number], { settings });
      acts.look(file.number, `take:${kind}`, settings);
    },
    decide: (claims, side) => acts.choose([file.number], { decided: { ...decided, ...Object.fromEntries(claims.map((claim) => [claim, side])) } }),
  })}</td></tr>`;
}

/** @param {File} file @param {Shown} shown @param {Acts} acts */
function drawChoice(file, shown, acts) {
  const choice = shown.choices.get(file.number), isOpen = shown.job.state === "gathering" && file.state === "sent";
  if (!isOpen || !choice) return html`<td></td><td>${file.action === "import" && file.state !== "waiting" ? file.site : ""}</td><td>${file.action !== "import" ? "" : shown.job.methods.find((each) => each.value === file.method)?.label ?? ""}</td>`;
  const isSource = choice.action === "import", isNew = choice.site !== "" && !shown.job.sites.some((each) => each.value === choice.site);
  return html`<td><select aria-label=${`What to do with ${file.name}`} @change=${(/** @type {Event} */ event) => pick(file, valueOf(event), acts)}>${file.actions.map((each) => html`<option value=${each.value} ?selected=${each.value === choice.action}>${each.label}</option>`)}</select></td>
    <td>${isSource ? html`<input list="site-codes" aria-label=${`Site of ${file.name}`} autocomplete="off" .value=${choice.site} @change=${(/** @type {Event} */ event) => acts.choose([file.number], { site: valueOf(event).trim() })}>${isNew ? html` <span class="soft">new</span>` : nothing}` : nothing}</td>
    <td>${isSource ? html`<select aria-label=${`Method of ${file.name}`} @change=${(/** @type {Event} */ event) => acts.choose([file.number], { method: valueOf(event) })}>${shown.job.methods.map((each) => html`<option value=${each.value} ?selected=${each.value === choice.method}>${each.label}</option>`)}</select>` : nothing}</td>`;
}

/** @param {Shown} shown @param {Acts} acts */
function drawHead(shown, acts) {
  const { job, choices } = shown, all = [...choices.keys()];
  if (job.state === "running" && !job.total) return html`<p class="summary"><progress aria-label="Files taken over"></progress> at work <button type="button" @click=${acts.cancel}>Cancel</button></p>`;
  if (job.state === "running") return html`<p class="summary"><progress max=${job.total || 1} .value=${job.done} aria-label="Files read"></progress> ${job.done} of ${job.total} read <button type="button" @click=${acts.cancel}>Cancel the rest</button></p>`;
  if (job.state !== "gathering") return html`<p class="summary"><b>${{ done: "Done", cancelled: "Cancelled", failed: "Stopped" }[job.state] ?? job.state}.</b> ${job.told} ${document.querySelector("#register table") ? nothing : html`<a href="/sources">To the sources</a> `}<a href="/triangulation/copies">Texts that share passages</a>${job.files.some((file) => file.state === "revised") ? html` <a href="/triangulation?need=drifted">Drifted codings</a>` : nothing}</p>`;
  const isLooking = job.files.some((file) => file.state === "looking"), ready = [...choices.values()].filter((choice) => choice.action !== "skip").length;
  return html`<form class="summary" @submit=${(/** @type {Event} */ event) => { event.preventDefault(); acts.start(); }}>
    <button class="main" ?disabled=${shown.isSending || isLooking || ready === 0}>Import ${ready} ${ready === 1 ? "file" : "files"}</button> <button type="button" @click=${acts.cancel}>Cancel all</button>
    <label>Site of all <input list="site-codes" autocomplete="off" size="12" @change=${(/** @type {Event} */ event) => acts.choose(all, { site: valueOf(event).trim() })}></label>
    <label>Method of all <select @change=${(/** @type {Event} */ event) => valueOf(event) && acts.choose(all, { method: valueOf(event) })}><option value="">as proposed</option>${job.methods.map((each) => html`<option value=${each.value}>${each.label}</option>`)}</select></label>
    <span class="soft">A site that is not there yet is made.</span></form>`;
}

/** @param {Shown} shown @param {Acts} acts */
export function drawJob(shown, acts) {
  const { job } = shown;
  return html`<section class="job" aria-label="The import" data-state=${job.state}>${drawHead(shown, acts)}
    <datalist id="site-codes">${job.sites.map((each) => html`<option value=${each.value}>${each.label}</option>`)}</datalist>
    <div class="scroll" tabindex="0" role="region" aria-label="Files of the import"><table class="list"><thead><tr><th scope="col">File</th><th scope="col">State</th><th scope="col">What to do</th><th scope="col">Site</th><th scope="col">Method</th><th scope="col">Told</th><th scope="col"><span class="sr">Leave out</span></th></tr></thead>
    <tbody>${job.files.map((file) => html`<tr><th scope="row">${file.ref && job.state !== "gathering" ? html`<a href=${`/sources/${encodeURIComponent(file.ref)}`}>${file.name}</a>` : file.name}</th><td class="state">${drawState(file, shown)}</td>${drawChoice(file, shown, acts)}
      <td>${shown.refused.get(file.number) ?? file.told}</td><td>${job.state === "gathering" && file.state !== "left out" ? html`<button type="button" class="plain" aria-label=${`Leave ${file.name} out`} @click=${() => acts.leaveOut(file.number)}>×</button>` : nothing}</td></tr>${drawMore(file, shown, acts)}`)}</tbody></table></div></section>`;
}
