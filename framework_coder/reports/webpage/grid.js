// @ts-check
// The grid of cells: sites down and themes across, or the other way round; one cell takes the focus.

const grid = {
  /** @type {{ rows: number[], columns: number[], fits: Set<string> }} */ plan: layOut(),
  /** @type {[number, number]} The focused cell: numbers of site and theme. */ at: [0, 0],
  /** @type {Map<string, HTMLElement>} */ cells: new Map(),
};

/** @param {any} cell */
function describeLamps(cell) {
  const lamps = cell.lamps.map((/** @type {string} */ lamp, /** @type {number} */ n) => `${findMethod(study.planned[n]).label} ${study.lamps[lamp]}`);
  return `${counted(cell.claims.length, "claim")}; ${lamps.join(", ")}`;
}

/** @param {any} cell */
function drawStrip(cell) {
  if (cell.strip.length < 2) return null;
  return el("span", { class: "strip", "aria-hidden": "true" }, cell.strip.map((/** @type {[string, number]} */ [state, count]) => {
    const part = el("i", { class: `s-${state}`, title: `${study.states[state].label}: ${count}` });
    part.style.flex = String(count);
    return part;
  }));
}

/** @param {any} cell */
function drawTexts(cell) {
  if (!cell.claims.length) return [el("p", null, chip(cell.state), el("span", { class: "soft" }, cell.empty))];
  return cell.claims.map((/** @type {number} */ number) => el("p", null, chip(study.claims[number].status), el("span", null, study.claims[number].summary)));
}

/** @param {number} row @param {number} column */
function drawCell(row, column) {
  const cell = study.cells[row][column];
  if (cell.out) {
    const blank = el("td", { class: "off", tabindex: "-1", "data-at": `${row}/${column}`, title: "Left out by the filter" });
    grid.cells.set(`${row}/${column}`, blank);
    return blank;
  }
  const lamps = el("div", { class: "lamps" }, cell.lamps.map((/** @type {string} */ lamp, /** @type {number} */ n) => lampOf(study.planned[n], lamp)));
  const inside = shown.hasTexts
    ? drawTexts(cell)
    : [el("div", { class: "cell" }, chip(cell.state), el("span", { class: "n" }, cell.claims.length ? String(cell.claims.length) : ""), drawStrip(cell))];
  const key = `${row}/${column}`;
  const made = el("td", {
    class: grid.plan.fits.has(key) ? null : "off", tabindex: "-1", "data-at": key,
    "aria-selected": isOpen(row, column) ? "true" : "false",
    title: study.states[cell.state].label,
  }, ...inside, lamps, el("span", { class: "sr" }, describeLamps(cell)));
  grid.cells.set(key, made);
  return made;
}

/** @param {number} row */
function siteHead(row) {
  const site = study.sites[row];
  const facts = study.layout.heads.map((/** @type {string} */ name) => site.attributes[name]).filter(Boolean).join(" · ");
  return { name: site.name, facts: `${site.code}${facts ? ` · ${facts}` : ""}`, title: site.name };
}

/** @param {number} column */
function themeHead(column) {
  const theme = study.themes[column];
  return { name: theme.label, facts: theme.group === theme.label ? "" : theme.group, title: theme.definition || theme.path };
}

/** @param {{ name: string, facts: string, title: string }} head @param {string} scope */
function drawSide(head, scope) {
  return el("th", { scope, class: "side", title: head.title }, head.name, el("small", null, head.facts));
}

/** @returns {HTMLElement} */
function drawHeads() {
  const { rows, columns } = grid.plan;
  const told = el("th", { class: "corner", rowspan: "2", scope: "col" }, shown.isTransposed ? "Themes" : "Sites",
    el("small", null, `${rows.length} of ${counted(study.sites.length, "site")}`), el("small", null, `${columns.length} of ${counted(study.themes.length, "theme")}`));
  const groups = el("tr", { class: "group" }, told);
  const heads = el("tr", { class: "heads" });
  if (shown.isTransposed) {
    if (rows.length) groups.append(el("th", { colspan: rows.length, scope: "colgroup" }, el("span", null, "Sites")));
    for (const row of rows) heads.append(el("th", { scope: "col", title: siteHead(row).facts }, siteHead(row).name));
  } else {
    let from = 0;
    columns.forEach((column, place) => {
      const isLast = place + 1 === columns.length || study.themes[columns[place + 1]].group !== study.themes[column].group;
      if (isLast) {
        groups.append(el("th", { colspan: place + 1 - from, scope: "colgroup" }, el("span", null, study.themes[column].group)));
        from = place + 1;
      }
    });
    for (const column of columns) heads.append(el("th", { scope: "col", title: themeHead(column).title }, study.themes[column].label));
  }
  return el("thead", null, groups, heads);
}

/** Draw the grid into its place. */
function drawGrid() {
  grid.plan = layOut();
  grid.cells.clear();
  const { rows, columns } = grid.plan;
  const lines = shown.isTransposed
    ? columns.map((column) => el("tr", null, drawSide(themeHead(column), "row"), rows.map((row) => drawCell(row, column))))
    : rows.map((row) => el("tr", null, drawSide(siteHead(row), "row"), columns.map((column) => drawCell(row, column))));
  const table = el("table", { class: shown.hasTexts ? "grid texts" : "grid", role: "grid", id: "grid", "aria-label": "Matrix of sites and themes" }, drawHeads(), el("tbody", null, lines));
  table.addEventListener("click", (event) => {
    const cell = /** @type {HTMLElement} */ (event.target).closest("td");
    if (cell) openCell(...readPlace(cell), false);
  });
  table.addEventListener("keydown", moveInGrid);
  byId("wrap").replaceChildren(rows.length && columns.length ? table : el("p", { class: "none" }, "Nothing fits the filters."));
  if (!grid.cells.has(grid.at.join("/")) && rows.length && columns.length) grid.at = [rows[0], columns[0]];
  grid.cells.get(grid.at.join("/"))?.setAttribute("tabindex", "0");
}

/** @param {Element} cell @returns {[number, number]} */
function readPlace(cell) {
  const [row, column] = (cell.getAttribute("data-at") ?? "0/0").split("/").map(Number);
  return [row, column];
}

/** @param {number} row @param {number} column */
function focusCell(row, column) {
  grid.cells.get(grid.at.join("/"))?.setAttribute("tabindex", "-1");
  grid.at = [row, column];
  const cell = grid.cells.get(`${row}/${column}`);
  cell?.setAttribute("tabindex", "0");
  cell?.focus();
  cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** @param {KeyboardEvent} event */
function moveInGrid(event) {
  const { rows, columns } = grid.plan;
  const [across, down] = shown.isTransposed ? [rows, columns] : [columns, rows];
  const [x, y] = shown.isTransposed ? [grid.at[0], grid.at[1]] : [grid.at[1], grid.at[0]];
  let column = across.indexOf(x), row = down.indexOf(y);
  if (event.key === "ArrowRight") column += 1;
  else if (event.key === "ArrowLeft") column -= 1;
  else if (event.key === "ArrowDown") row += 1;
  else if (event.key === "ArrowUp") row -= 1;
  else if (event.key === "Home") { column = 0; if (event.ctrlKey) row = 0; }
  else if (event.key === "End") { column = across.length - 1; if (event.ctrlKey) row = down.length - 1; }
  else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); openCell(...grid.at, true); return; }
  else return;
  event.preventDefault();
  const to = across[Math.max(0, Math.min(column, across.length - 1))], under = down[Math.max(0, Math.min(row, down.length - 1))];
  if (shown.isTransposed) focusCell(to, under);
  else focusCell(under, to);
}
