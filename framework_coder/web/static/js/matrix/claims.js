// @ts-check
// The claims of a cell in order: each in an element of its own, so that what is typed in one stays put.

import { render } from "../../vendor/lit-html.js";
import { drawCard } from "./card.js";

/** @typedef {import("./words.js").State} State */
/** @typedef {import("./words.js").Actions} Actions */

const PASSAGE = "text/coding", CLAIM = "text/claim";

/** @param {HTMLElement} list @param {State} state @param {Actions} actions */
export function drawClaims(list, state, actions) {
  const claims = state.cell?.claims ?? [];
  const known = new Map([...list.children].map((item) => [Number(/** @type {HTMLElement} */ (item).dataset.claim), /** @type {HTMLElement} */ (item)]));
  for (const [number, item] of known) if (!claims.some((claim) => claim.id === number)) item.remove();
  claims.forEach((claim, place) => {
    const item = known.get(claim.id) ?? makeItem(claim.id, actions, list);
    if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
    item.classList.toggle("chosen", claim.id === state.claim);
    render(drawCard(claim, state, actions), /** @type {HTMLElement} */ (item.firstElementChild));
  });
}

/** @param {number} claim @param {Actions} actions @param {HTMLElement} list */
function makeItem(claim, actions, list) {
  const item = document.createElement("li");
  item.className = "claim";
  item.dataset.claim = String(claim);
  item.draggable = true;
  const card = document.createElement("div"), editor = document.createElement("div");
  card.className = "card";
  editor.className = "editor";
  editor.id = `editor-${claim}`;
  item.append(card, editor);
  item.addEventListener("dragstart", (event) => {
    if (event.target !== item || (document.activeElement instanceof HTMLElement && editor.contains(document.activeElement))) return;
    event.dataTransfer?.setData(CLAIM, String(claim));
  });
  receive(item, claim, actions, list);
  return item;
}

/** Take a passage as evidence, or another claim before or after this one. @param {HTMLElement} item @param {number} claim @param {Actions} actions @param {HTMLElement} list */
function receive(item, claim, actions, list) {
  item.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.some((type) => type === PASSAGE || type === CLAIM)) return;
    event.preventDefault();
    item.classList.add("over");
  });
  for (const end of ["dragleave", "drop"]) item.addEventListener(end, () => item.classList.remove("over"));
  item.addEventListener("drop", (event) => {
    const coding = event.dataTransfer?.getData(PASSAGE), other = Number(event.dataTransfer?.getData(CLAIM));
    event.preventDefault();
    if (coding) {
      actions.choose(claim);
      actions.link(claim, Number(coding), "supports");
    } else if (other && other !== claim) {
      const order = [...list.children].map((each) => Number(/** @type {HTMLElement} */ (each).dataset.claim));
      actions.move(other, order.indexOf(other) < order.indexOf(claim) ? "after" : "before", claim);
    }
  });
}
