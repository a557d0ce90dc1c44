// @ts-check
// The open cell: its claims on one side, the evidence for the selected claim on the other.

const panel = {
  /** @type {[number, number] | null} */ at: null,
  claim: 0,
};

/** @param {number} row @param {number} column */
function isOpen(row, column) {
  return panel.at !== null && panel.at[0] === row && panel.at[1] === column;
}

/** @param {number} row @param {number} column @param {boolean} takesFocus */
function openCell(row, column, takesFocus) {
  const before = panel.at;
  const cell = study.cells[row][column];
  if (!isOpen(row, column)) panel.claim = Math.max(0, cell.claims.findIndex(claimFits));
  panel.at = [row, column];
  if (before) grid.cells.get(before.join("/"))?.setAttribute("aria-selected", "false");
  grid.cells.get(panel.at.join("/"))?.setAttribute("aria-selected", "true");
  drawPanel();
  focusCell(row, column);
  history.replaceState(null, "", `#cell=${study.sites[row].code}/${study.themes[column].id}`);
  if (takesFocus) {
    const claim = document.querySelector(".claim.on .pick") ?? document.querySelector("#panel h2");
    /** @type {HTMLElement | null} */ (claim)?.focus();
  }
}

/** Close the cell; the focus goes back to the grid. */
function closeCell() {
  if (!panel.at) return;
  const [row, column] = panel.at;
  grid.cells.get(panel.at.join("/"))?.setAttribute("aria-selected", "false");
  panel.at = null;
  drawPanel();
  focusCell(row, column);
  history.replaceState(null, "", "#matrix");
}

/** @param {number} step Open the next (1) or previous (-1) cell that has claims and fits the filters. */
function stepCell(step) {
  const { rows, columns, fits } = grid.plan;
  const order = rows.flatMap((row) => columns.map((column) => [row, column])).filter(([row, column]) => fits.has(`${row}/${column}`) && (study.cells[row][column].claims.length || study.cells[row][column].unused.length));
  if (!order.length) return;
  const from = grid.at;
  const place = order.findIndex(([row, column]) => row === from[0] && column === from[1]);
  const next = place >= 0 ? place + step : order.findIndex(([row, column]) => rows.indexOf(row) * columns.length + columns.indexOf(column) > rows.indexOf(from[0]) * columns.length + columns.indexOf(from[1]));
  const [row, column] = order[(next + order.length) % order.length];
  openCell(row, column, true);
}

/** Draw the panel, or take it away. */
function drawPanel() {
  const aside = byId("panel");
  byId("field").classList.toggle("split", panel.at !== null);
  aside.hidden = panel.at === null;
  aside.replaceChildren();
  if (!panel.at) return;
  const cell = study.cells[panel.at[0]][panel.at[1]];
  aside.append(drawAbout(cell), drawColumns(cell), drawKeys());
}

/** @param {any} cell */
function drawAbout(cell) {
  const [row, column] = panel.at ?? [0, 0];
  const theme = study.themes[column], site = study.sites[row];
  const strip = cell.claims.length < 2 ? "" : cell.strip.map((/** @type {[string, number]} */ [state, count]) => `${count} ${study.states[state].label.toLowerCase()}`).join(", ");
  const facts = [study.states[cell.state].label, strip, `sources examined ${cell.examined}/${cell.sources}`, cell.proposed ? `${cell.proposed} proposed` : ""];
  return el("div", { class: "about" },
    el("small", null, `${site.code} ${site.name} × ${theme.path}`),
    el("h2", { tabindex: "-1" }, theme.label),
    el("div", { class: "row" }, chip(cell.state), el("span", null, facts.filter(Boolean).join(" · ")),
      el("span", { class: "lamps" }, cell.lamps.map((/** @type {string} */ lamp, /** @type {number} */ n) => lampOf(study.planned[n], lamp))),
      el("span", { class: "push" },
        el("button", { class: "b", type: "button", "aria-label": "Previous cell with claims", onclick: () => stepCell(-1) }, "‹"),
        el("button", { class: "b", type: "button", "aria-label": "Next cell with claims", onclick: () => stepCell(1) }, "›"),
        el("button", { class: "b", type: "button", onclick: closeCell }, "Close"))),
    el("p", null, cell.why));
}

/** @param {any} cell */
function drawColumns(cell) {
  const claims = cell.claims.map((/** @type {number} */ number, /** @type {number} */ place) => drawClaim(number, place));
  const left = el("div", { tabindex: "0", role: "region", "aria-label": "Claims" }, el("h3", null, `Claims · ${claims.length}`), claims.length ? claims : el("p", { class: "soft" }, "No claim is written here."));
  left.addEventListener("keydown", moveInClaims);
  const right = el("div", { tabindex: "0", role: "region", "aria-label": "Evidence" });
  if (claims.length) right.append(el("h3", null, "Evidence for the selected claim"), ...drawEvidence(study.claims[cell.claims[panel.claim]], cell));
  if (cell.unused.length) right.append(el("h3", null, `Coded here, not used · ${cell.unused.length}`), ...drawUnused(cell.unused));
  if (!right.children.length) right.append(el("h3", null, "Evidence"), el("p", { class: "soft" }, "No passage is coded here."));
  return el("div", { class: "columns" }, left, right);
}

/** @param {number} number @param {number} place */
function drawClaim(number, place) {
  const claim = study.claims[number];
  const isOn = place === panel.claim;
  const tokens = [...new Set(claim.evidence.map((/** @type {any} */ e) => study.codings[e.coding].token))].join(" ");
  const tags = [claim.key ? "key" : "", claim.kind, ...(claim.flags ?? [])].filter(Boolean);
  const pick = el("button", { class: "pick", type: "button", "aria-pressed": isOn ? "true" : "false", "data-place": place, onclick: () => pickClaim(place) }, claim.summary);
  const more = [["In their words", claim.quotation], ["Comment", claim.comment], ["Coded values", claim.values?.join("; ")], ["Decision", claim.decision]];
  return el("article", { class: `claim${isOn ? " on" : ""}${claimFits(number) ? "" : " off"}` },
    el("div", { class: "row" }, chip(claim.status), tags.map((tag) => el("span", { class: "tag" }, tag)), el("span", { class: "tag" }, `claim ${number}`)),
    pick, el("span", { class: "tokens" }, tokens),
    isOn && more.filter(([, words]) => words).map(([name, words]) => el("p", { class: "more" }, el("b", null, `${name}: `), words)),
    isOn && el("p", { class: `why s-${claim.status}` }, el("b", null, `${study.states[claim.status].label}. `), study.states[claim.status].means, " ", claim.why));
}

/** @param {number} place */
function pickClaim(place) {
  panel.claim = place;
  drawPanel();
  /** @type {HTMLElement | null} */ (document.querySelector(".claim.on .pick"))?.focus();
}

/** @param {KeyboardEvent} event */
function moveInClaims(event) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (!step || !panel.at || !/** @type {HTMLElement} */ (event.target).matches(".pick")) return;
  event.preventDefault();
  const claims = study.cells[panel.at[0]][panel.at[1]].claims.length;
  pickClaim(Math.max(0, Math.min(claims - 1, panel.claim + step)));
}

/** @returns {HTMLElement} */
function drawKeys() {
  const keys = [["n", "next cell"], ["p", "previous"], ["↑ ↓", "claims"], ["Esc", "close"], ["/", "search"]];
  return el("div", { class: "keys" }, keys.map(([key, words]) => el("span", null, el("kbd", null, key), ` ${words}`)));
}
