// @ts-check
// Reports: make one, say what it could not hold, and download it.

import { html, render } from "../../vendor/lit-html.js";
import { change, Refusal } from "../lib/api.js";
import { makeCursor } from "../lib/cursor.js";
import { listen } from "../lib/shortcuts.js";
import { Done } from "../payloads/base.js";
import { ReportMade } from "../payloads/reports.js";
import "../lib/page.js";

const KILO = 1000;
/** @typedef {ReturnType<typeof ReportMade>} Made */

/** @param {number} bytes */
const sizeOf = (bytes) => (bytes < KILO * KILO ? `${Math.max(1, Math.round(bytes / KILO))} kB` : `${(bytes / KILO / KILO).toFixed(1)} MB`);

/** @param {Made} made A list of losses that can be saved. */
function drawMade(made) {
  const losses = URL.createObjectURL(new Blob([`${made.name}\n\n${made.losses.join("\n")}\n`], { type: "text/plain" }));
  return html`<a href=${made.address} download=${made.name}>${made.name}</a> (${sizeOf(made.size)})
    ${made.losses.length ? html`<ul aria-label="What it does not hold">${made.losses.map((loss) => html`<li>${loss}</li>`)}</ul><a href=${losses} download=${`${made.name}.losses.txt`}>Save this list</a>` : ""}`;
}

/** @param {HTMLFormElement} form */
async function make(form) {
  const place = /** @type {HTMLElement} */ (form.querySelector(".made")), button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  const given = new FormData(form), kind = form.closest("li")?.dataset.kind ?? "";
  if (button.disabled) return;
  button.disabled = true;
  const ticket = crypto.randomUUID?.() ?? String(Math.random());
  const stop = () => change("DELETE", `/api/reports/making/${ticket}`, null, Done).catch(() => null);
  render(html`<progress aria-label="It is being made"></progress> being made … <button type="button" @click=${stop}>Cancel</button>`, place);
  try {
    const made = await change("POST", "/api/reports", { kind, anonymous: given.has("anonymous"), dialect: String(given.get("dialect") ?? ""), ticket }, ReportMade);
    render(drawMade(made), place);
    const link = /** @type {HTMLAnchorElement} */ (place.querySelector("a"));
    link.click();
    link.focus();
  } catch (error) {
    render(html`<span class="refusal">${error instanceof Refusal ? error.message : "The server did not answer; try again."}</span>`, place);
  } finally {
    button.disabled = false;
  }
}

const cursor = makeCursor(".item");
document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target instanceof HTMLFormElement) make(event.target);
});
listen({ next: cursor.next, previous: cursor.previous, open: () => cursor.current()?.querySelector("form")?.requestSubmit() });
