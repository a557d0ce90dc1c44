// @ts-check
// The theme picker: type to filter, arrows to choose, Enter to take; recent themes on 1 to 9; a new theme in place.

import { html, nothing, render } from "../../vendor/lit-html.js";

/** @typedef {import("./reading.js").Theme} Theme */
/** @typedef {{ theme: string } | { label: string, parent: string }} Picked A theme's id, or one to be made. */

const RECENT = "recent-themes";
const MOST_RECENT = 9, MOST_SHOWN = 80;

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

/** @param {readonly Theme[]} themes @returns {Theme[]} The active ones among the themes used last. */
export function recentAmong(themes) {
  return recentThemes().map((id) => themes.find((theme) => theme.id === id && theme.is_active)).filter((theme) => theme !== undefined);
}

/** @param {readonly Theme[]} themes @param {string} typed @returns {Theme[]} Those in whose path all words stand; whose label begins so comes first. */
export function fitting(themes, typed) {
  const words = typed.toLowerCase().split(/[\s>›]+/).filter(Boolean);
  const found = themes.filter((theme) => words.every((word) => theme.path.toLowerCase().includes(word)));
  const begins = (/** @type {Theme} */ theme) => Number(words.length > 0 && theme.label.toLowerCase().startsWith(words.join(" ")));
  return found.sort((one, other) => begins(other) - begins(one));
}

/** @param {readonly Theme[]} themes @param {string} typed `label`, or `theme > label` to make it below one. @returns {{ label: string, parent: string, under: string } | null} */
export function newTheme(themes, typed) {
  const [above, below] = typed.includes(">") ? typed.split(">", 2) : ["", typed];
  const label = below.trim(), under = above.trim() ? fitting([...themes], above)[0] : undefined;
  if (!label || (above.trim() && !under) || themes.some((theme) => theme.label.toLowerCase() === label.toLowerCase() && theme.parent === (under?.id ?? theme.parent))) return null;
  return { label, parent: under?.id ?? "", under: under?.label ?? "" };
}

let left = "";

/** @param {string} name The picker opens with it: the theme could not be made. */
export function leaveTyped(name) {
  left = name;
}

/** @param {readonly Theme[]} all @param {string} [title] @returns {Promise<Picked | null>} */
export function pickTheme(all, title = "Choose a theme") {
  const themes = all.filter((theme) => theme.is_active), recent = recentAmong(themes);
  const ordered = [...recent, ...themes.filter((theme) => !recent.includes(theme))];
  const dialog = document.createElement("dialog");
  dialog.className = "picker";
  dialog.setAttribute("aria-label", title);
  let typed = left, at = 0;
  left = "";
  /** @type {Picked | null} */
  let picked = null;
  /** @param {Picked | null} given */
  const close = (given) => { picked = given; dialog.close(); };

  const choices = () => {
    const found = fitting(ordered, typed).slice(0, MOST_SHOWN), made = newTheme(themes, typed);
    return { found, made, picks: [...found.map((theme) => ({ theme: theme.id })), ...(made ? [{ label: made.label, parent: made.parent }] : [])] };
  };
  const draw = () => {
    const { found, made, picks } = choices();
    at = Math.max(0, Math.min(at, picks.length - 1));
    render(html`<h2>${title}</h2><input role="combobox" aria-expanded="true" aria-controls="theme-list" aria-label="Theme" placeholder="Type to filter, Enter to take" autocomplete="off" spellcheck="false"
        aria-activedescendant=${picks.length ? `theme-${at}` : ""} .value=${typed} @input=${type} @keydown=${move}>
      <ul id="theme-list" role="listbox" aria-label="Themes">${found.map((theme, place) => html`<li role="option" id="theme-${place}" aria-selected=${place === at ? "true" : "false"} @click=${() => close({ theme: theme.id })} title=${theme.definition}>
        <span class="swatch ${theme.look}"></span><span>${theme.label} <small>${theme.parent ? theme.path.split(" › ").slice(0, -1).join(" › ") : ""}</small></span>${!typed && place < recent.length ? html`<kbd>${place + 1}</kbd>` : nothing}</li>`)}
        ${made ? html`<li role="option" class="make" id="theme-${found.length}" aria-selected=${found.length === at ? "true" : "false"} @click=${() => close(made)}>
          <span class="swatch"></span><span>New emergent theme “${made.label}”${made.under ? html` <small>under ${made.under}</small>` : nothing}</span></li>` : nothing}</ul>
      <p class="soft hint">A theme that is not there yet: type its name, or <b>theme &gt; name</b> to put it under one.</p>`, dialog);
    dialog.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  };
  /** @param {InputEvent} event */
  const type = (event) => { typed = /** @type {HTMLInputElement} */ (event.target).value; at = 0; draw(); };
  /** @param {KeyboardEvent} event */
  const move = (event) => {
    const { picks } = choices();
    if (event.key === "ArrowDown") at += 1;
    else if (event.key === "ArrowUp") at -= 1;
    else if (event.key === "Enter") { if (picks[at]) close(picks[at]); }
    else if (!typed && /^[1-9]$/.test(event.key) && recent[Number(event.key) - 1]) close({ theme: recent[Number(event.key) - 1].id });
    else return;
    event.preventDefault();
    if (dialog.open) draw();
  };
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(picked);
    });
    document.body.append(dialog);
    draw();
    dialog.showModal();
    dialog.querySelector("input")?.focus();
  });
}
