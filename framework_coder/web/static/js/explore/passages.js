// @ts-check
// The passages behind a number, beside the table that has it; closing gives the focus back.

import { byId } from "../lib/page.js";

/** @type {HTMLElement | null} */
let from = null;

/** @param {HTMLAnchorElement} link */
export async function openPassages(link) {
  const place = byId("passages");
  from = link;
  const answer = await fetch(link.href).catch(() => null);
  if (!answer?.ok) {
    location.href = link.href;
    return;
  }
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  const head = document.createElement("h2"), close = document.createElement("button");
  head.textContent = made.querySelector("h1")?.textContent ?? "";
  close.type = "button";
  close.className = "plain close";
  const key = document.createElement("kbd");
  key.textContent = "Esc";
  close.append("Close ", key);
  close.addEventListener("click", closePassages);
  place.replaceChildren(close, head, /** @type {Element} */ (made.getElementById("list")));
  place.hidden = false;
  place.focus({ preventScroll: true });
}

export function closePassages() {
  const place = byId("passages");
  if (place.hidden) return;
  place.hidden = true;
  if (from?.isConnected) from.focus();
}
