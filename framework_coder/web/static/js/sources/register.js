// @ts-check
// The registers of sources and of sites: filter, sort, go from cell to cell, edit in place.

import { html, render } from "../../vendor/lit-html.js";
import { ask, change, readPage, Refusal } from "../lib/api.js";
import { showDialog } from "../lib/dialogs.js";
import { byId, journal, tell } from "../lib/page.js";
import { listen } from "../lib/shortcuts.js";
import { CellEdited, GridPage } from "../payloads/sources.js";
import { editCell } from "./editing.js";
import { makeGrid } from "./grid.js";
import { takeDrops } from "./importing.js";
import { choose, LACKS, sort } from "./lines.js";

let page = readPage("page-data", GridPage);
const grid = makeGrid(byId("register"));
const wish = new URLSearchParams(location.search);
const order = { column: wish.get("sort") ?? "", isDown: wish.has("down") };
/** @type {Set<number>} Entries of the journal that this page made, and shows already. */
const own = new Set();
let isEditing = false, isStale = false;

function draw() {
  if (isEditing) return;
  const shown = sort(page, choose(page, wish), order);
  const isNone = !page.lines.length;
  if (!isNone) grid.draw(page, shown, order, sortBy);
  const one = page.kind === "sources" ? "source" : "site";
  byId("count").textContent = shown.length === page.lines.length ? `${shown.length} ${shown.length === 1 ? one : page.kind}` : `${shown.length} of ${page.lines.length} ${page.kind}`;
}
function keepWish() {
  for (const [name, value] of [...wish]) if (!value) wish.delete(name);
  history.replaceState(null, "", wish.size ? `?${wish}` : location.pathname);
  draw();
}
/** @param {string} column */
function sortBy(column) {
  order.isDown = order.column === column && !order.isDown;
  order.column = column;
  wish.set("sort", column);
  if (order.isDown) wish.set("down", "1"); else wish.delete("down");
  keepWish();
}

function drawFilters() {
  const choices = page.columns.filter((column) => column.options.length && column.kind !== "fixed");
  render(html`<label>Words <input name="q" type="search" size="18" .value=${wish.get("q") ?? ""}></label>
    ${choices.slice(0, 4).map((column) => html`<label>${column.title} <select name=${column.id}><option value="">all</option>${column.options.filter((each) => each.value).map((each) => html`<option value=${each.value} ?selected=${wish.get(column.id) === each.value}>${each.label}</option>`)}</select></label>`)}
    ${page.kind === "sources" ? html`<label>Only <select name="lack"><option value="">all</option>${Object.entries(LACKS).map(([id, lack]) => html`<option value=${id} ?selected=${wish.get("lack") === id}>${lack.told}</option>`)}</select></label>` : ""}`, byId("filters"));
}

/** @param {HTMLElement | null} cell */
function edit(cell) {
  const line = page.lines.find((each) => each.id === cell?.parentElement?.dataset.row), column = page.columns.find((each) => each.id === cell?.dataset.column);
  if (!cell || !line || !column || isEditing) return;
  if (column.kind === "fixed") return open(cell);
  if (column.kind === "number") return tell("This column is counted; it is not edited here.");
  isEditing = true;
  editCell(cell, column, line.cells[column.id] ?? "", {
    save: (value, was) => save(line.id, column.id, value, was),
    ended: () => { isEditing = false; draw(); if (isStale) refresh(); },
    done: (way) => { grid.go(grid.find(line.id, column.id)); if (way !== "stay") grid.step(way === "down" ? 1 : 0, way === "on" ? 1 : way === "back" ? -1 : 0); },
  });
}
/** @param {string} id @param {string} field @param {string} value @param {string} was */
async function save(id, field, value, was) {
  const done = await change("PATCH", `/api/${page.kind}/${encodeURIComponent(id)}`, { field, value, was }, CellEdited);
  own.add(done.entry);
  page = { ...page, lines: page.lines.map((line) => (line.id === id ? { ...line, cells: done.cells } : line)) };
}

async function refresh() {
  isStale = isEditing;
  if (isStale) return;
  const wasNone = !page.lines.length;
  page = await ask(`/api/${page.kind}`, GridPage);
  if (wasNone && page.lines.length) {
    if (!document.querySelector(".job")) return location.reload();
    document.querySelector("main .empty")?.remove(); // what came of the import stays in view
    byId("register").classList.add("register");
  }
  draw();
}
/** @param {HTMLElement | null} cell */
const open = (cell) => /** @type {HTMLElement | null | undefined} */ (cell?.parentElement?.querySelector("a[href]"))?.click();

async function addSite() {
  if (page.kind !== "sites") return;
  const answer = await showDialog("Add a site", (close) => html`<form @submit=${(/** @type {SubmitEvent} */ event) => { event.preventDefault(); const given = new FormData(/** @type {HTMLFormElement} */ (event.target)); close(JSON.stringify({ code: given.get("code"), name: given.get("name") })); }}>
    <p class="soft">The code is short and stays; files and citations name the site by it.</p>
    <label>Code <input name="code" required maxlength="40" autofocus></label> <label>Name <input name="name"></label>
    <p class="buttons"><button class="main">Add</button> <button type="button" @click=${() => close(null)}>Cancel</button></p></form>`);
  if (!answer) return;
  const before = page.lines.length;
  const made = await change("POST", "/api/sites", JSON.parse(answer), GridPage).catch((error) => { if (!(error instanceof Refusal)) throw error; });
  if (!made) return;
  page = made;
  own.add(made.entry);
  if (!before) return location.reload();
  draw();
  grid.go(grid.find(JSON.parse(answer).code.trim(), "name"));
}

drawFilters();
draw();
if (page.kind === "sources") takeDrops(document.querySelector(".empty") ?? byId("register"));
byId("filters").addEventListener("input", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  wish.set(field.name, field.value);
  keepWish();
});
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("register").addEventListener("dblclick", (event) => edit(event.target instanceof Element ? event.target.closest("[data-column]") : null));
document.getElementById("add-site")?.addEventListener("click", addSite);
journal.addEventListener("news", (event) => {
  const lines = /** @type {CustomEvent<{ id: number }[]>} */ (event).detail;
  if (!lines.every((line) => own.has(line.id))) refresh();
});
const all = () => grid.cells();
listen({
  up: () => grid.step(-1, 0), down: () => grid.step(1, 0), left: () => grid.step(0, -1), right: () => grid.step(0, 1),
  first: () => grid.step(0, -99), last: () => grid.step(0, 99), top: () => grid.go(all()[0]?.[0]), bottom: () => grid.go(all().at(-1)?.[0]),
  edit: () => edit(grid.current()), open: () => open(grid.current()), leave: () => grid.go(grid.current()),
  sort: () => { const column = grid.current()?.dataset.column; if (column) sortBy(column); },
  filter: () => /** @type {HTMLElement | null} */ (document.querySelector("#filters input"))?.focus(),
  add: addSite,
});
