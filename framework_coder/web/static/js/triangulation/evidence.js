// @ts-check
// Why a claim stands as it does, with its passages side by side, under the item of a list.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { ask } from "../lib/api.js";
import { ClaimCard } from "../payloads/cells.js";

/** @typedef {ReturnType<typeof ClaimCard>} Card */
/** @typedef {Card["evidence"][number]} Line */

const SIDES = [["supports", "Supports"], ["qualifies", "Qualifies"], ["contradicts", "Contradicts"], ["context", "Context"]];

/** @param {Line} line */
const drawLine = (line) => html`<div class="passage ${line.stance}"><q>${line.quote}</q><small><a href="/sources/${encodeURIComponent(line.source)}#coding=${line.coding}">${line.cite}</a> · ${line.source_title}${line.is_inferred ? " · inferred" : ""}${line.counts ? "" : " · does not count"}</small></div>`;

/** @param {Card} card */
function drawCard(card) {
  const sides = SIDES.map(([stance, name]) => ({ name, lines: card.evidence.filter((line) => line.stance === stance) })).filter((side) => side.lines.length);
  return html`<p class="why s-${card.status}">${card.why}</p>
    ${sides.length ? html`<div class="sides">${sides.map((side) => html`<section><h3>${side.name}</h3>${side.lines.map(drawLine)}</section>`)}</div>` : html`<p class="empty">No passage is linked to it.</p>`}
    ${card.comment ? html`<p class="soft">${card.comment}</p>` : nothing}`;
}

/** Show the evidence of a claim under its button, or put it away. @param {HTMLElement} button */
export async function toggleEvidence(button) {
  const row = button.closest("tr"), item = button.closest(".item");
  const there = row ? row.nextElementSibling : item?.querySelector(".evidence");
  if (there?.classList.contains("evidence")) {
    there.remove();
    button.setAttribute("aria-expanded", "false");
    return;
  }
  const card = await ask(`/api/claims/${button.dataset.why}`, ClaimCard);
  const place = document.createElement(row ? "tr" : "div");
  place.className = "evidence";
  if (row) {
    const cell = document.createElement("td");
    cell.colSpan = row.children.length;
    place.append(cell);
    row.after(place);
    render(drawCard(card), cell);
  } else {
    item?.append(place);
    render(drawCard(card), place);
  }
  button.setAttribute("aria-expanded", "true");
}
