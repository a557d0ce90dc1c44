// @ts-check
// Link the chosen coding to a claim of its cell: what it says of it is one of four stances, by letter.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { Refusal } from "../lib/api.js";
import { showDialog } from "../lib/dialogs.js";
import { put } from "../lib/outbox.js";
import { askOr } from "../lib/page.js";
import { CodingClaims } from "../payloads/reading.js";

const STANCES = /** @type {const} */ ([["s", "supports"], ["q", "qualifies"], ["c", "contradicts"], ["x", "context"]]);

/** @param {string} ref Of the source. @param {import("./reading.js").Coding} coding @param {string} quote @param {string} from The page to come back to. */
export async function citeCoding(ref, coding, quote, from) {
  const found = await askOr(`/api/codings/${coding.id}/claims`, CodingClaims, "The claims of its cell");
  if (!found) return;
  let now = found;
  const box = document.createElement("div");
  const cell = `/matrix?from=${encodeURIComponent(from)}#cell=${encodeURIComponent(`${now.site}/${now.theme}`)}`;

  /** @param {number} claim @param {string} stance */
  async function set(claim, stance) {
    const marked = { ...now, claims: now.claims.map((each) => (each.claim === claim ? { ...each, stance } : each)) };
    try {
      now = (await put({ of: ref, subject: coding.id, answer: "claims", method: "PUT", path: `/api/codings/:id/claims/${claim}`, body: { stance } })) ?? marked;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    draw();
  }
  /** @param {KeyboardEvent} event */
  function press(event) {
    const item = event.target instanceof Element ? event.target.closest("[data-claim]") : null;
    if (!(item instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    const stance = STANCES.find(([key]) => key === event.key.toLowerCase())?.[1] ?? (event.key === "Delete" ? "" : null);
    const items = [...box.querySelectorAll("[data-claim]")], by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) /** @type {HTMLElement | undefined} */ (items[items.indexOf(item) + by])?.focus();
    else if (stance !== null) set(Number(item.dataset.claim), stance);
    else return;
    event.preventDefault();
  }
  function draw() {
    render(html`<blockquote>${quote}</blockquote><p class="soft">${now.site} × ${now.label}</p>
      ${now.claims.length ? html`<ul class="claims" @keydown=${press}>${now.claims.map((each) => html`<li tabindex="0" data-claim=${each.claim}><p>${each.is_key ? html`<b title="key claim">●</b> ` : nothing}${each.summary}${each.theme === now.theme ? nothing : html` <small>at ${each.label}</small>`}</p>
        <p class="does" role="group" aria-label="Stance">${STANCES.map(([key, stance]) => html`<button type="button" aria-pressed=${String(each.stance === stance)} @click=${() => set(each.claim, each.stance === stance ? "" : stance)}>${stance} <kbd>${key.toUpperCase()}</kbd></button>`)}</p></li>`)}</ul>`
      : html`<p class="empty">This cell has no claim yet. Open it to write one; this passage waits there.</p>`}
      <p class="buttons"><a href=${cell}>Open the cell</a></p>`, box);
  }
  await showDialog("What does it say of a claim?", (close) => {
    draw();
    queueMicrotask(() => setTimeout(() => /** @type {HTMLElement | null} */ (box.querySelector("[data-claim]"))?.focus()));
    return html`${box}<p class="buttons"><button type="button" class="main" @click=${() => close(null)}>Close</button></p>`;
  });
}
