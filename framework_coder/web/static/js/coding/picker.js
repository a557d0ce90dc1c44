// @ts-check
// The theme picker: type to filter, arrows to choose, Enter to take; recent themes on 1 to 9.

import { html, render } from "../../vendor/lit-html.js";

/** @typedef {ReturnType<typeof import("../payloads/reader.js").ReaderPage>["themes"][number]} Theme */

const RECENT = "recent-themes";
const MOST_RECENT = 9;

/** @returns {string[]} The themes used last, the newest first. */
export function recentThemes() {
  try {
    return JSON.parse(localStorage.getItem(RECENT) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {string} theme */
export function rememberTheme(theme) {
  localStorage.setItem(RECENT, JSON.stringify([theme, ...recentThemes().filter((each) => each !== theme)].slice(0, MOST_RECENT)));
}

/** @param {readonly Theme[]} themes @returns {Promise<string | null>} The id of the theme that was picked. */
export function pickTheme(themes) {
  const recent = recentThemes().map((id) => themes.find((theme) => theme.id === id)).filter((theme) => theme !== undefined);
  const ordered = [...recent, ...themes.filter((theme) => !recent.includes(theme))];
  const dialog = document.createElement("dialog");
  dialog.className = "picker";
  dialog.setAttribute("aria-label", "Choose a theme");
  let typed = "", at = 0;

  const fitting = () => {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    return ordered.filter((theme) => words.every((word) => theme.path.toLowerCase().includes(word)));
  };
  const draw = () => {
    const found = fitting();
    at = Math.max(0, Math.min(at, found.length - 1));
    render(html`<input role="combobox" aria-expanded="true" aria-controls="theme-list" aria-label="Theme" placeholder="Type to filter, Enter to take"
        aria-activedescendant=${found.length ? `theme-${at}` : ""} .value=${typed} @input=${(/** @type {InputEvent} */ event) => { typed = /** @type {HTMLInputElement} */ (event.target).value; at = 0; draw(); }} @keydown=${move}>
      <ul id="theme-list" role="listbox" aria-label="Themes">${found.slice(0, 60).map((theme, place) => html`<li role="option" id="theme-${place}" aria-selected=${place === at ? "true" : "false"} @click=${() => close(theme.id)}>
        <span class="swatch ${theme.look}"></span><span>${theme.label} <small>${theme.path === theme.label ? "" : theme.path}</small></span>${!typed && place < recent.length ? html`<kbd>${place + 1}</kbd>` : ""}</li>`)}</ul>
      ${found.length ? "" : html`<p class="empty">No theme fits “${typed}”.</p>`}`, dialog);
    dialog.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  };
  /** @param {KeyboardEvent} event */
  const move = (event) => {
    const found = fitting();
    if (event.key === "ArrowDown") at += 1;
    else if (event.key === "ArrowUp") at -= 1;
    else if (event.key === "Enter") { if (found[at]) close(found[at].id); }
    else if (!typed && /^[1-9]$/.test(event.key) && recent[Number(event.key) - 1]) close(recent[Number(event.key) - 1].id);
    else return;
    event.preventDefault();
    if (dialog.open) draw();
  };
  /** @param {string | null} theme */
  const close = (theme) => {
    dialog.close(theme ?? "");
  };
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue || null);
    });
    document.body.append(dialog);
    draw();
    dialog.showModal();
    dialog.querySelector("input")?.focus();
  });
}
