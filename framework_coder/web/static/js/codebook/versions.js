// @ts-check
// Versions: freeze one.

import { change } from "../lib/api.js";
import { makeCursor } from "../lib/cursor.js";
import { askWords } from "../lib/dialogs.js";
import { askNews, tell } from "../lib/page.js";
import { keepFresh } from "../lib/refresh.js";
import { listen } from "../lib/shortcuts.js";
import { Done } from "../payloads/base.js";

/** Ask why, and keep the codebook as a version. */
export async function freeze() {
  const reason = await askWords({ title: "Freeze a version", told: "It is kept as it is, under the next number, and never changes. This step cannot be undone.", label: "Why now?", take: "Freeze" });
  const done = reason ? await change("POST", "/api/codebook/freeze", { reason }, Done).catch(() => null) : null;
  if (!done) return;
  tell(done.told);
  await askNews();
}

if (document.getElementById("versions-head")) {
  const cursor = makeCursor(".item");
  keepFresh();
  document.addEventListener("click", (event) => { if (event.target instanceof Element && event.target.closest("#freeze")) freeze(); });
  listen({ next: cursor.next, previous: cursor.previous, down: cursor.next, up: cursor.previous, freeze });
}
