// @ts-check
// Shortcuts as data: the table below drives the keys and the help that lists them.

/** @typedef {{ keys: string, screen: string, action: string, told: string }} Shortcut */

/** @type {readonly Shortcut[]} `keys` as the browser names them; `screen` empty: everywhere. */
export const SHORTCUTS = [
  { keys: "?", screen: "", action: "help", told: "Show all shortcuts" },
  { keys: "Control+z", screen: "", action: "undo", told: "Undo your last change" },
  { keys: "Control+Shift+z", screen: "", action: "redo", told: "Redo what you undid" },
  { keys: "ArrowUp", screen: "matrix", action: "up", told: "Cell above" },
  { keys: "ArrowDown", screen: "matrix", action: "down", told: "Cell below" },
  { keys: "ArrowLeft", screen: "matrix", action: "left", told: "Cell to the left" },
  { keys: "ArrowRight", screen: "matrix", action: "right", told: "Cell to the right" },
  { keys: "Enter", screen: "matrix", action: "open", told: "Open the cell" },
  { keys: "Escape", screen: "matrix", action: "close", told: "Close the drawer" },
  { keys: "Alt+ArrowDown", screen: "matrix", action: "next", told: "Next cell, with the drawer open" },
  { keys: "Alt+ArrowUp", screen: "matrix", action: "previous", told: "Previous cell, with the drawer open" },
  { keys: "n", screen: "matrix", action: "write", told: "Write a claim in the open cell" },
  { keys: "e", screen: "matrix", action: "edit", told: "Edit the chosen claim" },
  { keys: "u", screen: "matrix", action: "use", told: "Use the passage for the chosen claim" },
  { keys: "s", screen: "matrix", action: "supports", told: "The passage supports the claim" },
  { keys: "q", screen: "matrix", action: "qualifies", told: "The passage qualifies the claim" },
  { keys: "c", screen: "matrix", action: "contradicts", told: "The passage contradicts the claim" },
  { keys: "x", screen: "matrix", action: "context", told: "The passage is context only" },
  { keys: "j", screen: "reader", action: "next", told: "Next segment" },
  { keys: "k", screen: "reader", action: "previous", told: "Segment before" },
  { keys: "Shift+j", screen: "reader", action: "longer", told: "One segment more" },
  { keys: "Shift+k", screen: "reader", action: "shorter", told: "One segment fewer" },
  { keys: "Enter", screen: "reader", action: "pick", told: "Code the passage: choose a theme" },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => ({ keys: String(number), screen: "reader", action: `recent${number}`, told: `Code the passage at recent theme ${number}` })),
  { keys: "p", screen: "reader", action: "proposals", told: "Go to the first proposal" },
  { keys: "y", screen: "reader", action: "accept", told: "Accept the proposal and go to the next" },
  { keys: "n", screen: "reader", action: "reject", told: "Reject the proposal and go to the next" },
  { keys: "Delete", screen: "reader", action: "remove", told: "Remove the chosen coding" },
];

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

/** @param {string} screen @param {Record<string, (event: KeyboardEvent) => void>} actions By the action's name. */
export function listen(screen, actions) {
  document.addEventListener("keydown", (event) => {
    const keys = nameKeys(event);
    if (isTyping(event.target) && !keys.startsWith("Alt+") && keys !== "Escape") return;
    const found = SHORTCUTS.find((each) => each.keys === keys && (each.screen === screen || !each.screen) && each.action in actions);
    if (!found || event.defaultPrevented) return;
    event.preventDefault();
    actions[found.action](event);
  });
}
