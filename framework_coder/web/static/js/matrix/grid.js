// @ts-check
// The grid: one tab stop, moved by keys through heads and cells; cells are put right one by one.

/** @typedef {ReturnType<typeof import("../payloads/matrix.js").MatrixChanges>} Changes */
/** @typedef {[number, number]} Spot A line of the table and a column of cells; -1 is the head of the row. */

const FRESH = 1700;

/** @param {HTMLElement} wrap What holds the table, now and after it is drawn anew. */
export function makeGrid(wrap) {
  /** @type {HTMLTableRowElement[]} */
  let lines = [];
  /** @type {HTMLTableRowElement[]} The lines that hold cells. */
  let rows = [];
  /** @type {HTMLElement | null} */
  let stop = null;

  /** @param {HTMLTableRowElement} line */
  const isRow = (line) => line.dataset.row !== undefined;
  const columns = () => (rows[0]?.cells.length ?? 1) - 1;

  /** Read the table anew. */
  function read() {
    lines = [.../** @type {NodeListOf<HTMLTableRowElement>} */ (wrap.querySelectorAll("tr:not(.sizes)"))];
    rows = lines.filter(isRow);
    stop = null;
    const first = rows[0]?.cells[1];
    if (first) makeStop(first);
  }

  /** @param {HTMLElement} element */
  function makeStop(element) {
    stop?.setAttribute("tabindex", "-1");
    element.setAttribute("tabindex", "0");
    stop = element;
  }

  /** The element at a line and a column: a head that spans several stands for each. @param {number} line @param {number} column */
  function elementAt(line, column) {
    const cells = [...(lines[line]?.cells ?? [])];
    if (!lines[line] || isRow(lines[line])) return cells[column + 1] ?? null;
    let left = cells[0]?.classList.contains("corner") || lines[line].closest("tbody") ? -1 : 0;
    for (const cell of cells) {
      left += cell.colSpan;
      if (column < left) return cell;
    }
    return cells.at(-1) ?? null;
  }

  /** @returns {Spot} Where the tab stop is. */
  function at() {
    const line = stop?.closest("tr");
    if (!stop || !line) return [-1, -1];
    const number = lines.indexOf(line);
    if (isRow(line)) return [number, /** @type {HTMLTableCellElement} */ (stop).cellIndex - 1];
    for (let column = -1; column < columns(); column += 1) if (elementAt(number, column) === stop) return [number, column];
    return [number, -1];
  }

  /** @param {number} line @param {number} column */
  function focus(line, column) {
    const to = Math.max(0, Math.min(line, lines.length - 1));
    const element = elementAt(to, Math.max(-1, Math.min(column, columns() - 1)));
    if (element) focusElement(element);
  }

  /** @param {HTMLElement} element */
  function focusElement(element) {
    makeStop(element);
    if (element instanceof HTMLTableCellElement && element.tagName === "TD") element.setAttribute("aria-colindex", String(element.cellIndex + 1));
    element.focus({ preventScroll: true });
    show(element);
  }

  /** Scroll so far that the heads, which stay in place, do not cover a cell. @param {HTMLElement} element */
  function show(element) {
    const head = wrap.querySelector("thead")?.offsetHeight ?? 0, side = rows[0]?.cells[0].offsetWidth ?? 0;
    if (element.closest("thead")) return;
    const box = element.getBoundingClientRect(), pane = wrap.getBoundingClientRect();
    if (box.top < pane.top + head) wrap.scrollTop -= pane.top + head - box.top;
    else if (box.bottom > pane.top + wrap.clientHeight) wrap.scrollTop += box.bottom - pane.top - wrap.clientHeight;
    if (element.tagName !== "TD") return;
    if (box.left < pane.left + side) wrap.scrollLeft -= pane.left + side - box.left;
    else if (box.right > pane.left + wrap.clientWidth) wrap.scrollLeft += box.right - pane.left - wrap.clientWidth;
  }

  /** @param {number} down @param {number} right */
  function move(down, right) {
    const [line, column] = at();
    const element = elementAt(line, column);
    const span = right > 0 && element && element.tagName === "TH" ? /** @type {HTMLTableCellElement} */ (element).colSpan : 1;
    focus(line + down, column + right * span);
  }

  const rowsAPage = () => Math.max(1, Math.floor((wrap.clientHeight - 80) / (rows[0]?.offsetHeight || 44)) - 1);
  const firstRow = () => lines.indexOf(rows[0]), lastRow = () => lines.indexOf(rows[rows.length - 1]);

  return {
    read, at, focus, focusElement, move,
    home: () => focus(at()[0], 0),
    end: () => focus(at()[0], columns() - 1),
    first: () => focus(firstRow(), 0),
    last: () => focus(lastRow(), columns() - 1),
    /** @param {number} pages */
    page: (pages) => focus(Math.max(firstRow(), at()[0] + pages * rowsAPage()), at()[1]),
    /** The place of the tab stop among the cells, or null on a head. @returns {[number, number] | null} */
    cell() {
      const line = stop?.closest("tr");
      return stop?.tagName === "TD" && line ? [rows.indexOf(line), /** @type {HTMLTableCellElement} */ (stop).cellIndex - 1] : null;
    },
    /** @param {number} row @param {number} column @returns {HTMLTableCellElement | null} */
    cellAt: (row, column) => rows[row]?.cells[column + 1] ?? null,
    /** @param {number} row @returns {HTMLTableCellElement | null} */
    headOf: (row) => rows[row]?.cells[0] ?? null,
    /** Focus a cell by its place among the cells. @param {number} row @param {number} column */
    focusCell(row, column) {
      const cell = rows[row]?.cells[column + 1];
      if (cell) focusElement(cell);
    },
    /** Put cells right that changed; focus, scroll and selection stay. @param {Changes["cells"]} changes */
    patch(changes) {
      for (const change of changes) {
        const cell = rows[change.row]?.cells[change.column + 1];
        if (!cell || (cell.innerHTML === change.inside && cell.className === change.look)) continue;
        cell.innerHTML = change.inside; // the server's own markup, escaped there
        cell.className = `${change.look} fresh`;
        cell.setAttribute("aria-label", change.said);
        setTimeout(() => cell.classList.remove("fresh"), FRESH);
      }
    },
  };
}
