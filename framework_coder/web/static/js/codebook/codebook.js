// @ts-check
// The codebook: the tree by key, mouse and drag; what is done to a theme; the panel that edits it.

import { html } from "../../vendor/lit-html.js";
import { ask, change, readPage, Refusal } from "../lib/api.js";
import { byId, journal, tell } from "../lib/page.js";
import { listen } from "../lib/shortcuts.js";
import { makeStore } from "../lib/store.js";
import { CodebookPage } from "../payloads/codebook.js";
import { askInto, askParts, askReason, askTheme, askWhich } from "./asking.js";
import { findStep, placeOf } from "./moving.js";
import { drawPanel } from "./panel.js";
import { drawTrees, listVisible } from "./tree.js";
import { freeze } from "./versions.js";

/** @typedef {ReturnType<typeof CodebookPage>} Page */
/** @typedef {Page["themes"][number]} Theme */

const first = readPage("page-data", CodebookPage);
const state = makeStore({ page: first, selected: first.themes[0]?.id ?? "", folded: /** @type {ReadonlySet<string>} */ (new Set()) });

const themes = () => state.get().page.themes;
/** @returns {Theme | undefined} */
const current = () => themes().find((theme) => theme.id === state.get().selected);
const shown = () => ({ themes: themes(), selected: state.get().selected, folded: state.get().folded });
const focusTree = () => /** @type {HTMLElement | null} */ (document.querySelector('[role="treeitem"][tabindex="0"]'))?.focus();

/** @param {string} id */
function select(id) {
  if (!themes().some((theme) => theme.id === id)) return;
  state.set({ selected: id });
  history.replaceState(null, "", `#theme=${encodeURIComponent(id)}`);
  focusTree();
}

/** @param {string} id */
function fold(id) {
  const folded = new Set(state.get().folded);
  if (!folded.delete(id)) folded.add(id);
  state.set({ folded });
}

/** Send a change with its reason, and show the tree as it is then. @param {string} method @param {string} path @param {Record<string, unknown>} body @param {string} [told] Of a weighty one, whose reason is always asked for. */
async function send(method, path, body, told = "") {
  const reason = await askReason(state.get().page.version > 0, told !== "");
  if (reason === null) return null;
  const page = await change(method, `/api/${path}`, { ...body, reason }, CodebookPage);
  show(page);
  if (told) tell(told, { undo: true });
  return page;
}

/** @param {Promise<unknown>} sent A refusal was told already. */
const calmly = (sent) => sent.catch((error) => { if (!(error instanceof Refusal)) throw error; });
/** @param {Theme} theme @param {string} [path] */
const pathOf = (theme, path = "") => `themes/${encodeURIComponent(theme.id)}${path}`;

/** @param {Page} page */
function show(page) {
  const known = page.themes.some((theme) => theme.id === state.get().selected);
  state.set({ page, selected: known ? state.get().selected : (page.themes[0]?.id ?? "") });
  const look = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[href^="/look.css"]'));
  if (look) look.href = `/look.css?${page.entry}`;
}

/** @param {Theme} theme @param {string} field @param {string} value @param {string} was @returns {Promise<void>} */
async function save(theme, field, value, was) {
  try {
    await send("PATCH", pathOf(theme), { field, value, was });
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 409) return;
    const kept = await askWhich({ sentence: error.message, mine: value, theirs: error.standing });
    show(await ask("/api/codebook", CodebookPage));
    if (kept === "mine") await save(theme, field, value, error.standing);
  }
}

/** @param {boolean} isBelow */
async function add(isBelow) {
  const theme = current(), parent = isBelow ? theme?.id ?? "" : theme?.parent ?? "";
  const given = await askTheme(isBelow && theme ? `below “${theme.label}”` : "here");
  if (!given) return;
  const before = new Set(themes().map((each) => each.id));
  const page = await send("POST", "themes", { ...given, parent }).catch(() => null);
  const made = page?.themes.find((each) => !before.has(each.id));
  if (made) select(made.id);
}

/** @param {string} id @param {string} parent @param {string} before */
const place = (id, parent, before) => calmly(send("PUT", `themes/${encodeURIComponent(id)}/place`, { parent, before }).then(focusTree));

/** @param {"up" | "down" | "in" | "out"} way */
function move(way) {
  const theme = current(), to = theme && placeOf(themes(), theme, way);
  if (theme && to) place(theme.id, to.parent, to.before);
}

/** @param {(theme: Theme) => unknown} act */
const onCurrent = (act) => () => { const theme = current(); if (theme) act(theme); };

/** @param {Theme} theme */
async function merge(theme) {
  const into = await askInto(theme, themes());
  if (into) calmly(send("POST", pathOf(theme, "/merge"), { into }, `“${theme.label}” was merged.`));
}

/** @param {Theme} theme */
async function split(theme) {
  const given = await askParts(theme);
  if (given) calmly(send("POST", pathOf(theme, "/split"), { parts: given.parts.map((label) => ({ label })), heir: given.heir }, `“${theme.label}” was split.`));
}

/** @param {Theme} theme */
const retire = (theme) => calmly(send("POST", pathOf(theme, theme.is_retired ? "/restore" : "/retire"), {}, theme.is_retired ? "" : `“${theme.label}” was retired; its codings stay.`));

state.subscribe(() => {
  const { page } = state.get(), theme = current();
  drawTrees(byId("trees"), shown(), { select, fold, place, edit: () => edit() });
  drawPanel(byId("panel"), theme, {
    labels: new Map(page.themes.map((each) => [each.id, each.label])), save, leave: focusTree,
    buttons: theme ? html`<button type="button" @click=${() => add(true)}>Add below</button> <button type="button" @click=${() => merge(theme)}>Merge … <kbd>M</kbd></button> <button type="button" @click=${() => split(theme)}>Split … <kbd>S</kbd></button> <button type="button" @click=${() => retire(theme)}>${theme.is_retired ? "Restore" : "Retire"} <kbd>Del</kbd></button>` : "",
  });
  byId("standing").textContent = page.version ? `Version ${page.version} is frozen: each change keeps its reason.` : "No version is frozen yet.";
  /** @type {HTMLElement} */ (document.querySelector(".reason")).hidden = page.version === 0;
});

const edit = () => /** @type {HTMLElement | null} */ (document.querySelector("#panel textarea"))?.focus();
/** @param {import("./moving.js").Step} way */
const step = (way) => () => {
  const to = findStep(shown(), listVisible(shown()), way);
  if (to.fold) fold(to.fold);
  if (to.select) select(to.select);
};
listen({
  up: step("up"), down: step("down"), previous: step("up"), next: step("down"), first: step("first"), last: step("last"), unfold: step("unfold"), fold: step("fold"),
  edit, leave: focusTree, add: () => add(false), add_below: () => add(true), freeze,
  move_up: () => move("up"), move_down: () => move("down"), indent: () => move("in"), outdent: () => move("out"),
  merge: onCurrent(merge), split: onCurrent(split), retire: onCurrent(retire),
});
byId("add").addEventListener("click", () => add(false));
byId("freeze").addEventListener("click", freeze);
byId("colours").addEventListener("click", () => calmly(send("POST", "codebook/colours", {}, "Every theme has a colour of its own now.")));
journal.addEventListener("news", async () => show(await ask("/api/codebook", CodebookPage)));

function followAddress() {
  const id = decodeURIComponent(location.hash.replace("#theme=", ""));
  if (themes().some((theme) => theme.id === id)) select(id);
}
window.addEventListener("hashchange", followAddress);
byId("trees").replaceChildren();
state.set({});
followAddress();
