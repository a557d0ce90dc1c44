// @ts-check
// Keys to actions: the table of shortcuts comes with the page (shortcuts.py), and drives the help too.

import { list } from "./decode.js";
import { readPage } from "./api.js";
import { ShortcutLine } from "../payloads/base.js";

export const SHORTCUTS = readPage("shortcuts", list(ShortcutLine));

/** @param {KeyboardEvent} event @returns {string} */
export function nameKeys(event) {
  const held = [event.ctrlKey || event.metaKey ? "Control" : "", event.altKey ? "Alt" : "", event.shiftKey && event.key.length > 1 ? "Shift" : ""];
  const isLetter = /^[a-z]$/i.test(event.key);
  if (isLetter && event.shiftKey) held[2] = "Shift";
  return [...held, isLetter ? event.key.toLowerCase() : event.key].filter(Boolean).join("+");
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** @param {Record<string, (event: KeyboardEvent) => void>} actions By the action's name. */
export function listen(actions) {
  document.addEventListener("keydown", (event) => {
    const keys = nameKeys(event);
    if (document.querySelector("dialog[open]")) return; // keys are the dialog's own
    if (keys === "Enter" && event.target instanceof Element && event.target.closest("button, a[href], summary")) return; // it is pressed
    if (isTyping(event.target) && !keys.startsWith("Alt+") && keys !== "Escape") return;
    const found = SHORTCUTS.find((each) => each.keys === keys && each.action in actions);
    if (!found || event.defaultPrevented) return;
    event.preventDefault();
    actions[found.action](event);
  });
}
