// @ts-check
// Explore: a number opens its passages beside the table; search answers while one types.

import { makeCursor } from "../lib/cursor.js";
import { byId } from "../lib/page.js";
import { keepFresh } from "../lib/refresh.js";
import { listen } from "../lib/shortcuts.js";
import { closePassages, openPassages } from "./passages.js";

const cursor = makeCursor(".item");
keepFresh();

/** @type {HTMLInputElement | null} */
const field = document.querySelector("#q");

let isAsking = false, isStale = false;

/** Ask the server for what is typed, and put its list in place of the one shown; one question at a time. */
async function search() {
  if (!field?.form) return;
  isStale = isAsking;
  if (isAsking) return;
  isAsking = true;
  const given = new URLSearchParams(/** @type {Record<string, string>} */ (Object.fromEntries([...new FormData(field.form)].filter(([, value]) => value))));
  const address = `/explore?${given}`;
  history.replaceState(null, "", address);
  const answer = await fetch(address).catch(() => null);
  if (answer?.ok) {
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    byId("hits").replaceWith(/** @type {Element} */ (made.getElementById("hits")));
  }
  isAsking = false;
  if (isStale) search(); // something else was typed meanwhile
}

field?.addEventListener("input", search);
field?.form?.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
field?.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown") return;
  event.preventDefault();
  field.blur();
  cursor.next();
});
document.addEventListener("change", (event) => {
  const form = event.target instanceof HTMLSelectElement ? event.target.form : null;
  if (form?.matches("[data-live], #search-form")) form.requestSubmit();
});
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-behind]") : null;
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openPassages(link);
});
listen({
  next: cursor.next, previous: cursor.previous, open: cursor.open, close: closePassages,
  search: () => { if (field) { field.focus(); field.select(); } else location.href = "/explore"; },
});
if (field && location.hash === "#search") field.focus();
