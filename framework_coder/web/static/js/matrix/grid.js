// @ts-check
// The grid of cells: drawn by the server, repainted cell by cell when something changed.

/** @typedef {ReturnType<typeof import("../payloads/matrix.js").MatrixPage>} Page */

/** @param {Page} page */
export function repaint(page) {
  const letters = new Map(page.states.map((state) => [state.id, state]));
  const cells = document.querySelectorAll("#grid td");
  if (cells.length !== page.sites.length * page.themes.length) {
    location.reload();
    return;
  }
  cells.forEach((element, place) => {
    const cell = page.cells[Math.floor(place / page.themes.length)][place % page.themes.length];
    const look = letters.get(cell.state);
    const [chip, count, lamps, words] = element.children;
    chip.className = `chip s-${cell.state}`;
    chip.textContent = look?.letter ?? "";
    count.textContent = cell.claims ? String(cell.claims) : "";
    [...lamps.children].forEach((lamp, number) => (lamp.className = `lamp l-${cell.lamps[number]}`));
    words.textContent = `${look?.label}, ${cell.claims} claims`;
  });
}
