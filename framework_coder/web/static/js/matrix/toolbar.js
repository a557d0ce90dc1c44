// @ts-check
// The menus of the matrix: each choice is an address to go to; exports are fetched; a click elsewhere closes them.

import { exportView } from "./exporting.js";
import { addressOf } from "./view.js";

/** @param {HTMLFormElement} toolbar @param {(address: string) => unknown} go */
export function makeToolbar(toolbar, go) {
  toolbar.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "anonymous") return;
    go(addressOf(toolbar));
  });
  toolbar.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter, address = addressOf(toolbar);
    if (button instanceof HTMLElement && button.dataset.export) send(toolbar, button, address);
    else go(address);
  });
  toolbar.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("#print")) window.print();
  });
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target?.closest(".menu")) for (const menu of toolbar.querySelectorAll("details")) menu.open = false;
    const link = target?.closest("#view a[href^='/matrix']");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.getAttribute("href") ?? "/matrix");
  });
}

/** @param {HTMLFormElement} toolbar @param {HTMLElement} button @param {string} address */
function send(toolbar, button, address) {
  const query = new URLSearchParams(address.split("?")[1] ?? "");
  const box = /** @type {HTMLInputElement | null} */ (toolbar.querySelector('[name="anonymous"]'));
  if (box?.checked) query.set("anonymous", "true");
  exportView(`${button.getAttribute("formaction")}?${query}`, button.dataset.export ?? "");
}

/** Close the menu that is open. @param {HTMLFormElement} toolbar @returns {boolean} Whether one was. */
export function closeMenu(toolbar) {
  const menu = toolbar.querySelector("details[open]");
  if (!(menu instanceof HTMLDetailsElement)) return false;
  menu.open = false;
  menu.querySelector("summary")?.focus();
  return true;
}
