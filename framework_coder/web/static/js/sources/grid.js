// @ts-check
// A table with a cursor on its cells: drawn from lines and columns, sorted, gone through by key.

import { html, render } from "../../vendor/lit-html.js";

/** @typedef {import("./lines.js").Page} Page */
/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./lines.js").Column} Column */
/** @typedef {{ column: string, isDown: boolean }} Order */

/** @param {Column} column @param {Line} line */
export function show(column, line) {
  if (column.kind === "number") return line.numbers[column.id] ? String(line.numbers[column.id]) : "";
  const value = line.cells[column.id] ?? "";
  return column.kind === "choice" && value ? (column.options.find((each) => each.value === value)?.label ?? value) : value;
}

/** @param {HTMLElement} place */
export function makeGrid(place) {
  let row = "", column = "";

  /** @returns {HTMLElement | null} The cell with the cursor. */
  const current = () => {
    const found = document.activeElement?.closest("[data-column]");
    return found instanceof HTMLElement && place.contains(found) ? found : find(row, column);
  };
  /** @param {string} ofRow @param {string} ofColumn @returns {HTMLElement | null} */
  const find = (ofRow, ofColumn) => place.querySelector(`tr[data-row="${CSS.escape(ofRow)}"] > [data-column="${CSS.escape(ofColumn)}"]`);
  const cells = () => /** @type {HTMLElement[][]} */ ([...place.querySelectorAll("tbody tr")].map((each) => [...each.children]));

  /** @param {HTMLElement | null | undefined} cell @param {boolean} [isFocused] */
  function go(cell, isFocused = true) {
    if (!cell) return;
    place.querySelectorAll('[data-column][tabindex="0"]').forEach((each) => each.setAttribute("tabindex", "-1"));
    cell.setAttribute("tabindex", "0");
    row = cell.parentElement?.dataset.row ?? "";
    column = cell.dataset.column ?? "";
    if (isFocused) {
      cell.focus({ preventScroll: true });
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
  /** @param {number} down @param {number} right */
  function step(down, right) {
    const all = cells(), at = current();
    if (!all.length) return;
    const y = Math.max(0, all.findIndex((each) => at !== null && each.includes(at))), x = Math.max(0, at ? all[y].indexOf(at) : 0);
    go(at ? all[Math.max(0, Math.min(y + down, all.length - 1))][Math.max(0, Math.min(x + right, all[y].length - 1))] : all[0][0]);
  }

  /** @param {Page} page @param {readonly Line[]} lines @param {Order} order @param {(column: string) => void} sort */
  function draw(page, lines, order, sort) {
    const had = document.activeElement instanceof HTMLElement && place.contains(document.activeElement);
    render(html`<table class="list" role="grid" aria-label=${page.kind === "sources" ? "Sources" : "Sites"} aria-rowcount=${lines.length + 1}>
      <thead><tr>${page.columns.map((each) => html`<th scope="col" title=${each.told} aria-sort=${order.column !== each.id ? "none" : order.isDown ? "descending" : "ascending"}>
        <button type="button" tabindex="-1" @click=${() => sort(each.id)}>${each.title}${order.column === each.id ? (order.isDown ? " ↓" : " ↑") : ""}</button></th>`)}</tr></thead>
      <tbody>${lines.map((line) => html`<tr data-row=${line.id}>${page.columns.map((each, place) => place === 0
        ? html`<th scope="row" role="rowheader" tabindex="-1" data-column=${each.id}><a tabindex="-1" href=${line.address}>${line.id}</a></th>`
        : html`<td role="gridcell" tabindex="-1" class=${each.kind} data-column=${each.id} title=${show(each, line)}>${show(each, line)}</td>`)}</tr>`)}</tbody></table>`, place);
    go(find(row, column) ?? cells()[0]?.[0], had);
  }
  place.replaceChildren();
  place.addEventListener("focusin", (event) => {
    const cell = event.target instanceof Element ? event.target.closest("[data-column]") : null;
    if (cell instanceof HTMLElement && cell === event.target) go(cell, false);
  });
  return { draw, go, step, current, find, cells };
}
