// @ts-check
// The bar above the grid: how it is drawn, and which part of the study is shown.

/** @param {Set<any>} chosen @param {any} value @param {boolean} isIn */
function choose(chosen, value, isIn) {
  if (isIn) chosen.add(value);
  else chosen.delete(value);
  changed();
}

/** @param {string} name @param {[any, string][]} options @param {Set<any>} chosen */
function drawOptions(name, options, chosen) {
  return el("fieldset", null, el("legend", null, name), options.map(([value, label]) => {
    const box = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox" }));
    box.checked = chosen.has(value);
    box.addEventListener("change", () => choose(chosen, value, box.checked));
    return el("label", null, box, label);
  }));
}

/** @param {string} label @param {HTMLElement[]} fields @param {() => boolean} isOn */
function drawMenu(label, fields, isOn) {
  const menu = el("details", { class: "menu" }, el("summary", null, `${label} ▾`), el("div", null, fields));
  listeners.push(() => menu.classList.toggle("on", isOn()));
  return menu;
}

/** @returns {HTMLElement[]} */
function drawMenus() {
  for (const field of study.fields) shown.attributes.set(field.id, new Set());
  const attributes = study.fields.map((/** @type {any} */ field) => drawOptions(field.label, field.values.map((/** @type {string} */ v) => [v, v]), shown.attributes.get(field.id) ?? new Set()));
  const sites = drawOptions("Sites", study.sites.map((/** @type {any} */ s) => [s.id, `${s.code} ${s.name}`]), shown.sites);
  const groups = [...new Set(study.themes.map((/** @type {any} */ t) => t.group))].map((group) =>
    drawOptions(group, study.themes.filter((/** @type {any} */ t) => t.group === group).map((/** @type {any} */ t) => [t.id, t.label]), shown.themes));
  const methods = drawOptions("With evidence from", study.methods.map((/** @type {any} */ m) => [m.id, m.label]), shown.methods);
  return [
    drawMenu("Rows", [...attributes, sites], () => shown.sites.size > 0 || [...shown.attributes.values()].some((set) => set.size > 0)),
    drawMenu("Themes", groups, () => shown.themes.size > 0),
    drawMenu("Methods", [methods], () => shown.methods.size > 0),
  ];
}

/** @param {string} label @param {() => boolean} isOn @param {() => void} turn */
function drawSwitch(label, isOn, turn) {
  const button = el("button", { class: "b", type: "button", onclick: () => { turn(); changed(); } }, label);
  const tell = () => button.setAttribute("aria-pressed", String(isOn()));
  listeners.push(tell);
  tell();
  return button;
}

/** @returns {HTMLElement} */
function drawBar() {
  const search = /** @type {HTMLInputElement} */ (el("input", { type: "search", id: "search", placeholder: "Search claims and passages", "aria-label": "Search claims and passages" }));
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { shown.text = search.value; changed(); }, 150);
  });
  const told = el("span", { class: "told", role: "status" });
  const clear = el("button", { class: "b", type: "button", onclick: () => { clearFilters(); search.value = ""; } }, "Clear filters");
  listeners.push(() => {
    const { rows, columns, fits } = grid.plan;
    const cells = rows.reduce((sum, row) => sum + columns.filter((column) => fits.has(`${row}/${column}`)).length, 0);
    told.textContent = `${counted(rows.length, "site")} × ${counted(columns.length, "theme")}${looksInside() ? ` · ${counted(cells, "cell fits", "cells fit")}` : ""}`;
    clear.hidden = !isFiltered();
  });
  return el("div", { class: "bar", role: "toolbar", "aria-label": "What is shown" },
    drawSwitch("Status", () => !shown.hasTexts, () => { shown.hasTexts = false; }),
    drawSwitch("Text", () => shown.hasTexts, () => { shown.hasTexts = true; }),
    ...drawMenus(), search, clear,
    drawSwitch("Transpose", () => shown.isTransposed, () => { shown.isTransposed = !shown.isTransposed; }),
    el("button", { class: "b", type: "button", onclick: () => window.print() }, "Print"),
    el("button", { class: "b", type: "button", onclick: turnLight }, "Light or dark"), told);
}

/** Whether anything is left out. */
function isFiltered() {
  return looksInside() || shown.sites.size + shown.themes.size > 0 || [...shown.attributes.values()].some((set) => set.size > 0);
}

/** Leave everything in again. */
function clearFilters() {
  for (const set of [shown.sites, shown.themes, shown.methods, shown.states, ...shown.attributes.values()]) set.clear();
  shown.text = "";
  for (const box of document.querySelectorAll(".menu input")) /** @type {HTMLInputElement} */ (box).checked = false;
  changed();
}

/** @returns {HTMLElement} The states that occur, each a filter, and the lamps. */
function drawLegend() {
  const used = new Set(study.cells.flat().flatMap((/** @type {any} */ cell) => [cell.state, ...cell.strip.map((/** @type {any} */ part) => part[0])]));
  const states = Object.keys(study.states).filter((state) => used.has(state)).map((state) => {
    const button = el("button", { type: "button", title: study.states[state].means, onclick: () => choose(shown.states, state, !shown.states.has(state)) },
      el("span", { class: `chip s-${state}`, "aria-hidden": "true" }, study.states[state].letter), study.states[state].label);
    const tell = () => button.setAttribute("aria-pressed", String(shown.states.has(state)));
    listeners.push(tell);
    tell();
    return button;
  });
  const letter = study.planned[0];
  const lamps = letter ? Object.keys(study.lamps).map((lamp) => el("span", { class: "key" }, lampOf(letter, lamp), study.lamps[lamp])) : [];
  return el("div", { class: "legend" }, states, lamps);
}

/** Turn from light to dark or back, whatever the system prefers. */
function turnLight() {
  const root = document.documentElement;
  const isDark = root.hasAttribute("data-dark") || (!root.hasAttribute("data-light") && matchMedia("(prefers-color-scheme: dark)").matches);
  root.toggleAttribute("data-dark", !isDark);
  root.toggleAttribute("data-light", isDark);
}
