// @ts-check
// The matrix screen: the grid that came with the page, its keyboard, and the drawer of the open cell.

import { nothing, render } from "../../vendor/lit-html.js";
import { ask, readPage } from "../lib/api.js";
import { askWords } from "../lib/dialogs.js";
import { byId, journal } from "../lib/page.js";
import { listen } from "../lib/shortcuts.js";
import { makeStore } from "../lib/store.js";
import { CellDrawer } from "../payloads/cells.js";
import { MatrixPage } from "../payloads/matrix.js";
import { makeActions } from "./actions.js";
import { drawDrawer } from "./drawer.js";
import { openEditor } from "./editor.js";
import { repaint } from "./grid.js";

const page = readPage("page-data", MatrixPage);
const state = makeStore({
  page,
  /** @type {[number, number]} */ at: [0, 0],
  isOpen: false,
  /** @type {ReturnType<typeof CellDrawer> | null} */ cell: null,
  /** @type {number | null} The claim whose evidence is shown. */ claim: null,
});

/** @param {number} row @param {number} column @returns {HTMLElement | null} */
const cellAt = (row, column) => document.querySelector(`td[data-at="${row}/${column}"]`);

/** @param {number} row @param {number} column */
function focusCell(row, column) {
  const { page: shown, at } = state.get();
  const to = /** @type {[number, number]} */ ([Math.max(0, Math.min(row, shown.sites.length - 1)), Math.max(0, Math.min(column, shown.themes.length - 1))]);
  cellAt(...at)?.setAttribute("tabindex", "-1");
  state.set({ at: to });
  const cell = cellAt(...to);
  cell?.setAttribute("tabindex", "0");
  cell?.focus();
  cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

async function openCell() {
  const { at: [row, column], page: shown } = state.get();
  if (!shown.sites[row] || !shown.themes[column]) return;
  const address = `/api/cells/${encodeURIComponent(shown.sites[row].code)}/${encodeURIComponent(shown.themes[column].id)}`;
  const cell = await ask(address, CellDrawer);
  const claim = cell.claims.find((each) => each.id === state.get().claim) ?? cell.claims[0];
  state.set({ isOpen: true, cell, claim: claim?.id ?? null });
}

function closeCell() {
  state.set({ isOpen: false, cell: null });
  focusCell(...state.get().at);
}

/** @param {number} rows @param {number} columns */
async function move(rows, columns) {
  const [row, column] = state.get().at;
  focusCell(row + rows, column + columns);
  if (state.get().isOpen) await openCell();
}

/** @param {number} by */
function step(by) {
  const { at: [row, column], page: shown } = state.get();
  const place = row * shown.themes.length + column + by;
  if (place >= 0 && place < shown.sites.length * shown.themes.length) move(Math.floor(place / shown.themes.length) - row, (place % shown.themes.length) - column);
}

/** @typedef {ReturnType<typeof CellDrawer>} Cell */

/** @param {Cell} cell */
function showCell(cell) {
  const { claim } = state.get();
  state.set({ cell, claim: cell.claims.some((each) => each.id === claim) ? claim : (cell.claims.at(-1)?.id ?? null) });
}

const changes = makeActions(showCell, () => state.get().cell);

/** @param {Cell["claims"][number] | null} claim A claim to rewrite, or null to write a new one. */
function compose(claim) {
  const cell = state.get().cell;
  if (!cell) return;
  const place = byId("editor");
  const end = () => { render(nothing, place); byId("write").focus(); };
  openEditor(place, {
    text: claim?.paragraph ?? "",
    label: claim ? "The claim with its citations" : "A new claim with its citations; an empty line begins another",
    address: (typed) => changes.passagesAddress(cell, typed),
    cancel: end,
    save: async (text, isOurs) => {
      const current = state.get().cell?.claims.find((each) => each.id === claim?.id);
      const made = await (claim ? changes.rewrite(claim, text, isOurs ? "" : claim.edition) : changes.write(text));
      end();
      if (!current) state.set({ claim: made.claims.at(-1)?.id ?? null });
    },
  });
}

async function markCell() {
  const reason = await askWords({ title: "Mark not applicable", label: "Why does the theme not apply at this site?", take: "Mark" });
  if (reason) changes.mark(reason);
}

const actions = { ...changes, close: closeCell, choose: (/** @type {number} */ claim) => state.set({ claim }), compose, markCell };
const chosenClaim = () => state.get().cell?.claims.find((each) => each.id === state.get().claim) ?? null;

/** @param {string} stance @returns {() => void} Set the stance of the passage that has the focus. */
const stanceOf = (stance) => () => {
  const coding = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.coding : undefined;
  const claim = chosenClaim();
  if (!coding || !claim) return;
  if (claim.evidence.some((line) => line.coding === Number(coding))) changes.relink(claim.id, Number(coding), { stance });
  else changes.link(claim.id, Number(coding), stance);
};

state.subscribe((now, before) => {
  if (now.page !== before.page) repaint(now.page);
  document.querySelector('td[aria-selected="true"]')?.setAttribute("aria-selected", "false");
  if (now.isOpen) cellAt(...now.at)?.setAttribute("aria-selected", "true");
  drawDrawer(byId("drawer"), now, actions);
  if (now.isOpen && !before.isOpen) cellAt(...now.at)?.scrollIntoView({ block: "nearest", inline: "nearest" });
});

byId("wrap").addEventListener("click", (event) => {
  const cell = event.target instanceof Element ? event.target.closest("td") : null;
  if (!cell?.dataset.at) return;
  const [row, column] = cell.dataset.at.split("/").map(Number);
  focusCell(row, column);
  openCell();
});
byId("wrap").addEventListener("focusin", (event) => {
  const place = event.target instanceof HTMLElement ? event.target.dataset.at : undefined;
  if (place) state.set({ at: /** @type {[number, number]} */ (place.split("/").map(Number)) });
});
listen({
  up: () => move(-1, 0), down: () => move(1, 0), left: () => move(0, -1), right: () => move(0, 1),
  open: (event) => { if (event.target instanceof HTMLElement && event.target.closest(".drawer")) event.target.click(); else openCell(); },
  close: closeCell, next: () => step(1), previous: () => step(-1),
  write: () => compose(null), edit: () => compose(chosenClaim()), use: stanceOf("supports"),
  supports: stanceOf("supports"), qualifies: stanceOf("qualifies"), contradicts: stanceOf("contradicts"), context: stanceOf("context"),
});
journal.addEventListener("news", async () => {
  state.set({ page: await ask(`/api/matrix${location.search}`, MatrixPage) });
  if (state.get().isOpen) await openCell();
});
cellAt(0, 0)?.setAttribute("tabindex", "0");

/** Open the cell that the address names: `#cell=S02/theme`. */
function followAddress() {
  const [site, ...theme] = decodeURIComponent(location.hash.replace("#cell=", "")).split("/");
  const row = page.sites.findIndex((each) => each.code === site), column = page.themes.findIndex((each) => each.id === theme.join("/"));
  if (row < 0 || column < 0) return;
  focusCell(row, column);
  openCell();
}
window.addEventListener("hashchange", followAddress);
if (location.hash.startsWith("#cell=")) followAddress();
