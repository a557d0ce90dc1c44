// @ts-check
// The journal, and recent work on the first screen: undo or redo any entry, by key or mouse.

import { makeCursor } from "../lib/cursor.js";
import { turn } from "../lib/page.js";
import { keepFresh } from "../lib/refresh.js";
import { listen } from "../lib/shortcuts.js";

const cursor = makeCursor(".item");
keepFresh();

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("button")) : null;
  if (button?.dataset.undo) turn("undo", Number(button.dataset.undo));
  if (button?.dataset.redo) turn("redo", Number(button.dataset.redo));
});
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field instanceof HTMLSelectElement && field.closest("form[data-live]")) field.form?.requestSubmit();
});
listen({
  next: cursor.next, previous: cursor.previous, open: cursor.open,
  undo_entry: () => /** @type {HTMLElement | null | undefined} */ (cursor.current()?.querySelector("[data-undo], [data-redo]"))?.click(),
});
