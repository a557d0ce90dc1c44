// @ts-check
// The trees: the framework, and the parking lot of emergent themes without a place; drag and drop between them.

import { html, nothing, render } from "../../vendor/lit-html.js";

/** @typedef {ReturnType<typeof import("../payloads/codebook.js").ThemeNode>} Theme */
/** @typedef {{ themes: readonly Theme[], selected: string, folded: ReadonlySet<string> }} Shown */
/** @typedef {{ select: (id: string) => void, fold: (id: string) => void, edit: () => void, place: (id: string, parent: string, before: string) => void }} Acts */

/** @param {Theme} theme Whether a theme came out of the reading and has no place in the framework yet. */
export const isParked = (theme) => theme.origin === "emergent" && !theme.parent && !theme.is_retired;

/** @param {readonly Theme[]} themes @param {string} parent */
export const childrenOf = (themes, parent) => themes.filter((theme) => theme.parent === parent);

/** @param {Shown} shown @returns {Theme[]} The themes that can be seen, from top to bottom. */
export function listVisible(shown) {
  /** @param {readonly Theme[]} themes @returns {Theme[]} */
  const walk = (themes) => themes.flatMap((theme) => [theme, ...(shown.folded.has(theme.id) ? [] : walk(childrenOf(shown.themes, theme.id)))]);
  const top = childrenOf(shown.themes, "");
  return [...walk(top.filter((theme) => !isParked(theme))), ...walk(top.filter(isParked))];
}

/** @param {DragEvent} event @returns {"before" | "into"} Where in a row something is dropped. */
function spotOf(event) {
  const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
  return event.clientY < box.top + box.height / 3 ? "before" : "into";
}

/** @param {Event} event @param {string} [name] */
function mark(event, name) {
  const row = /** @type {HTMLElement} */ (event.currentTarget);
  row.classList.remove("before", "into");
  if (name) row.classList.add(name);
}

/** @param {Theme} theme @param {Shown} shown @param {Acts} acts @returns {unknown} */
function drawTheme(theme, shown, acts) {
  const below = childrenOf(shown.themes, theme.id), isFolded = shown.folded.has(theme.id), isSelected = theme.id === shown.selected;
  /** @param {DragEvent} event */
  const drop = (event) => {
    event.preventDefault();
    event.stopPropagation();
    mark(event);
    const moved = event.dataTransfer?.getData("text/theme");
    if (!moved || moved === theme.id) return;
    if (spotOf(event) === "before") acts.place(moved, theme.parent, theme.id);
    else acts.place(moved, theme.id, "");
  };
  return html`<li role="treeitem" id="theme-${theme.id}" aria-level=${theme.depth + 1} aria-selected=${isSelected ? "true" : "false"} aria-expanded=${below.length ? String(!isFolded) : nothing} aria-labelledby="name-${theme.id}" tabindex=${isSelected ? "0" : "-1"} data-theme=${theme.id}>
    <div class="theme${theme.is_retired ? " retired" : ""}" draggable="true" @click=${() => acts.select(theme.id)} @dblclick=${acts.edit}
      @dragstart=${(/** @type {DragEvent} */ event) => { event.dataTransfer?.setData("text/theme", theme.id); event.stopPropagation(); }}
      @dragover=${(/** @type {DragEvent} */ event) => { event.preventDefault(); mark(event, spotOf(event)); }} @dragleave=${mark} @drop=${drop}>
      ${below.length ? html`<button type="button" class="fold" tabindex="-1" aria-hidden="true" @click=${(/** @type {Event} */ event) => { event.stopPropagation(); acts.fold(theme.id); }}>${isFolded ? "▸" : "▾"}</button>` : html`<span></span>`}
      <span class="swatch ${theme.look}"></span>
      <span class="name" id="name-${theme.id}">${theme.label}${theme.is_retired ? html`<span class="sr"> (retired)</span>` : nothing}</span>
      <span>${theme.origin === "emergent" ? html`<span class="tag">emergent</span>` : nothing}</span>
      <span class="counts" title="${theme.below} codings, ${theme.claims} claims, ${theme.sites} sites">${theme.below || ""}</span></div>
    ${below.length && !isFolded ? html`<ul role="group" class="group">${below.map((each) => drawTheme(each, shown, acts))}</ul>` : nothing}</li>`;
}

/** @param {HTMLElement} place @param {Shown} shown @param {Acts} acts */
export function drawTrees(place, shown, acts) {
  const top = childrenOf(shown.themes, ""), framework = top.filter((theme) => !isParked(theme)), parked = top.filter(isParked);
  const toTop = {
    /** @param {DragEvent} event */ over: (event) => { event.preventDefault(); mark(event, "into"); },
    /** @param {DragEvent} event */ drop: (event) => { event.preventDefault(); mark(event); const moved = event.dataTransfer?.getData("text/theme"); if (moved) acts.place(moved, "", ""); },
  };
  render(shown.themes.length ? html`<h2 id="framework-head">Framework</h2>
    ${framework.length ? html`<ul role="tree" aria-labelledby="framework-head">${framework.map((theme) => drawTheme(theme, shown, acts))}</ul>` : html`<p class="empty">Only emergent themes so far.</p>`}
    <h2 id="parking-head">Parking lot: emergent themes without a place</h2>
    <div class="parking" @dragover=${toTop.over} @dragleave=${mark} @drop=${toTop.drop}>${parked.length ? html`<ul role="tree" aria-labelledby="parking-head">${parked.map((theme) => drawTheme(theme, shown, acts))}</ul>` : html`<p class="empty">None. A theme that came out of the reading waits here until it is moved under another one.</p>`}</div>`
    : html`<p class="empty">There is no theme yet. Add one with <kbd>N</kbd>, or load a codebook on the Sources screen: YAML, CSV, XLSX, Word and QDC files are understood.</p>`, place);
}
