// @ts-check
// The matrix screen: the grid that came with the page, its keyboard, its menus, and the drawer of the open cell.

import { ask, readPage } from "../lib/api.js";
import { byId, journal } from "../lib/page.js";
import { listen } from "../lib/shortcuts.js";
import { makeStore } from "../lib/store.js";
import { MatrixChanges, MatrixPage } from "../payloads/matrix.js";
import { askPlace } from "./asking.js";
import { makeCells } from "./cells.js";
import { drawDrawer, makeDrawer } from "./drawer.js";
import { makeGrid } from "./grid.js";
import { drawerKeys } from "./keys.js";
import { makeResizable } from "./resizing.js";
import { closeMenu, makeToolbar } from "./toolbar.js";
import { watchTyping } from "./typing.js";
import { fetchPage, forgetKept, noteScope, takeKept, takeOver } from "./view.js";

/** @typedef {import("./words.js").State} State */

const store = makeStore(/** @type {State} */ ({ page: readPage("page-data", MatrixPage), cell: null, claim: null, isOpen: false }));
const drawer = byId("drawer"), wrap = byId("wrap"), toolbar = /** @type {HTMLFormElement} */ (byId("toolbar"));
const grid = makeGrid(wrap);
/** @type {[number, number]} The cell that was opened last, by its place. */
let opened = [0, 0];
/** The address of the grid as it is drawn. */
let shown = location.pathname + location.search;

/** The site and the theme of a cell by its place. @param {number} row @param {number} column */
function namesAt(row, column) {
  const { sites, themes, is_turned } = store.get().page;
  const [site, theme] = is_turned ? [sites[column], themes[row]] : [sites[row], themes[column]];
  return site && theme ? { site: site.code, theme: theme.id } : null;
}

/** @param {string | undefined} site @param {string | undefined} theme @returns {[number, number]} */
function placeOf(site, theme) {
  const { sites, themes, is_turned } = store.get().page;
  const at = /** @type {[number, number]} */ ([sites.findIndex((each) => each.code === site), themes.findIndex((each) => each.id === theme)]);
  return is_turned ? [at[1], at[0]] : at;
}

/** @param {number} row @param {number} column */
function openAt(row, column) {
  const names = namesAt(row, column);
  const cell = grid.cellAt(row, column);
  if (!names || !cell || cell.classList.contains("out")) return Promise.resolve();
  opened = [row, column];
  return cells.open(names.site, names.theme);
}

/** Go to the next cell in reading order, with the drawer open. @param {number} by @param {boolean} [isDown] */
function step(by, isDown = false) {
  const { sites, themes, is_turned } = store.get().page;
  const columns = is_turned ? sites.length : themes.length, all = sites.length * themes.length;
  let place = opened[0] * columns + opened[1];
  do place += by * (isDown ? columns : 1); while (grid.cellAt(Math.floor(place / columns), place % columns)?.classList.contains("out"));
  if (place < 0 || place >= all) return;
  const to = /** @type {[number, number]} */ ([Math.floor(place / columns), place % columns]);
  grid.focusCell(...to);
  openAt(...to);
}

const cells = makeCells(drawer, store, { leave: () => grid.focusCell(...opened), step });
makeDrawer(drawer, cells.actions);
makeResizable(drawer, byId("grip"));
const keys = drawerKeys(drawer, cells, store.get);

function markOpened() {
  wrap.querySelector('td[aria-selected="true"]')?.removeAttribute("aria-selected");
  if (store.get().isOpen) grid.cellAt(...opened)?.setAttribute("aria-selected", "true");
}

store.subscribe((now, before) => {
  drawDrawer(drawer, now, cells.actions);
  if (now.isOpen !== before.isOpen || now.cell !== before.cell) markOpened();
  if (now.isOpen && !before.isOpen) grid.cellAt(...opened)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (now.cell && before.cell && now.cell.entry > before.cell.entry) putRight();
});

/** Put the cells right that changed since the grid was drawn. */
async function putRight() {
  const { page } = store.get();
  const query = new URLSearchParams(location.search);
  query.set("since", String(page.entry));
  query.set("shape", page.shape);
  const changes = await ask(`/api/matrix/changes?${query}`, MatrixChanges).catch(() => null);
  if (!changes) return;
  if (changes.is_whole) {
    forgetKept();
    return show(location.pathname + location.search, false);
  }
  grid.patch(changes.cells);
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#legend [data-state]"))) {
    const number = line.querySelector("b");
    if (number) number.textContent = String(changes.counts[line.dataset.state ?? ""] ?? 0);
  }
  byId("page-data").textContent = JSON.stringify({ ...page, entry: changes.entry }); // for when it is shown again
  store.set({ page: { ...page, entry: changes.entry } });
}

/** Draw the grid of an address in place; focus, scroll and the open cell stay. @param {string} address @param {boolean} [isSame] Whether what is shown may be shown again. */
async function show(address, isSame = true) {
  const at = grid.cell(), names = at && namesAt(...at), open = store.get().cell;
  const wasInGrid = wrap.contains(document.activeElement);
  const again = takeKept(address), page = again ?? (await fetchPage(address));
  if (!page) return location.assign(address);
  takeOver(page, isSame ? shown : undefined);
  shown = address;
  noteScope(toolbar);
  store.set({ page: readPage("page-data", MatrixPage) });
  grid.read();
  if (open) opened = placeOf(open.site.code, open.theme.id);
  const to = names ? placeOf(names.site, names.theme) : [0, 0];
  if (wasInGrid) grid.focusCell(Math.max(0, to[0]), Math.max(0, to[1]));
  markOpened();
  if (again) await putRight();
}

/** @param {string} address */
function go(address) {
  history.pushState(null, "", address + location.hash);
  return show(address);
}

makeToolbar(toolbar, go);
window.addEventListener("popstate", () => { if (location.pathname === "/matrix") show(location.pathname + location.search).then(followAddress); });

wrap.addEventListener("click", (event) => {
  const cell = event.target instanceof Element ? event.target.closest("td") : null;
  if (!cell || !cell.closest("[data-row]")) return;
  grid.focusElement(cell);
  const at = grid.cell();
  if (at) openAt(...at);
});

/** @param {(event: KeyboardEvent) => void} inGrid @param {(event: KeyboardEvent) => void} [onPassage] */
const either = (inGrid, onPassage) => (/** @type {KeyboardEvent} */ event) => {
  if (wrap.contains(document.activeElement) || !store.get().isOpen) inGrid(event);
  else if (onPassage && drawer.contains(document.activeElement)) onPassage(event);
};

/** @param {KeyboardEvent} event */
function enter(event) {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (!target || wrap.contains(target)) {
    const at = grid.cell(), link = wrap.contains(target) ? target?.querySelector("a") : null;
    if (at) openAt(...at);
    else link?.click();
  } else if (target.matches(".passage")) keys.peek();
  else target.click();
}

async function find() {
  const place = await askPlace(store.get().page);
  if (!place) return;
  const at = grid.cell() ?? [0, 0], now = namesAt(...at);
  grid.focusCell(...placeOf(place.site ?? now?.site, place.theme ?? now?.theme));
}

watchTyping(wrap, () => !store.get().isOpen, () => store.get().page, () => namesAt(...(grid.cell() ?? [0, 0])), ({ site, theme }) => grid.focusCell(...placeOf(site, theme)));

/** Escape closes what is open, the innermost first. */
function close() {
  if (!closeMenu(toolbar) && store.get().isOpen) cells.close();
}

listen({
  ...keys,
  up: either(() => grid.move(-1, 0), keys.passageUp), down: either(() => grid.move(1, 0), keys.passageDown),
  left: either(() => grid.move(0, -1)), right: either(() => grid.move(0, 1)),
  home: either(grid.home), end: either(grid.end), first: either(grid.first), last: either(grid.last),
  pageDown: either(() => grid.page(1)), pageUp: either(() => grid.page(-1)),
  open: enter, close, find, next: () => step(1), previous: () => step(-1), below: () => step(1, true), above: () => step(-1, true),
});
journal.addEventListener("news", async () => {
  await putRight();
  const { cell, isOpen } = store.get();
  if (isOpen && cell && cell.entry < store.get().page.entry) await cells.open(cell.site.code, cell.theme.id);
});

/** Open the cell that the address names: `#cell=S02/theme`. */
function followAddress() {
  const [site, ...theme] = decodeURIComponent(location.hash.replace("#cell=", "")).split("/");
  if (!location.hash.startsWith("#cell=")) return;
  const at = placeOf(site, theme.join("/"));
  if (at[0] >= 0 && at[1] >= 0) grid.focusCell(...at);
  opened = at;
  cells.open(site, theme.join("/"));
}

grid.read();
noteScope(toolbar);
window.addEventListener("hashchange", followAddress);
followAddress();
