// @ts-check
// After a split: each passage and claim is given to a part by a number key or a button, or left as history.

import { change } from "../lib/api.js";
import { makeCursor } from "../lib/cursor.js";
import { askNews, tell } from "../lib/page.js";
import { keepFresh } from "../lib/refresh.js";
import { listen } from "../lib/shortcuts.js";
import { Done } from "../payloads/base.js";

const cursor = makeCursor(".item");
keepFresh();

/** @param {HTMLElement} item @param {string} theme */
async function decide(item, theme) {
  const body = { theme, codings: item.dataset.coding ? [Number(item.dataset.coding)] : [], claims: item.dataset.claim ? [Number(item.dataset.claim)] : [], reason: "" };
  const done = await change("POST", "/api/codebook/decisions", body, Done).catch(() => null);
  if (!done) return;
  tell(done.told, { undo: true });
  item.focus();
  await askNews();
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("button[data-into]")) : null;
  const item = /** @type {HTMLElement | null} */ (button?.closest(".item") ?? null);
  if (button && item) decide(item, button.dataset.into ?? "");
});
document.addEventListener("keydown", (event) => {
  const item = cursor.current(), number = Number(event.key);
  if (!item || !/^[0-9]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
  const buttons = [...item.querySelectorAll("button[data-into]")], button = number ? buttons[number - 1] : buttons.at(-1);
  if (button instanceof HTMLElement && (number === 0 || button.dataset.into)) button.click();
});
listen({ next: cursor.next, previous: cursor.previous, down: cursor.next, up: cursor.previous, edit: cursor.open });
