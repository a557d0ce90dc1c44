// @ts-check
// The journal: undo any entry; the page is asked for anew when something happened.

import { journal, turn } from "../lib/page.js";

document.addEventListener("click", (event) => {
  const entry = event.target instanceof HTMLElement ? event.target.dataset.undo : undefined;
  if (entry) turn("undo", Number(entry));
});
journal.addEventListener("news", () => location.reload());
