// @ts-check
// The pack comes to life: pages, the matrix, and the keys that work everywhere.

/** Show the page that the address names; it may name a place inside a page, or a cell of the matrix. */
function follow() {
  const anchor = decodeURIComponent(location.hash.slice(1));
  const found = anchor && !anchor.startsWith("cell=") ? document.getElementById(anchor) : null;
  const page = found?.closest(".page") ?? byId("matrix");
  for (const each of document.querySelectorAll(".page")) each.classList.toggle("open", each === page);
  for (const link of document.querySelectorAll("#pages a")) {
    if (link.getAttribute("href") === `#${page.id}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (anchor.startsWith("cell=")) followCell(anchor.slice(5));
  else if (found && found !== page) found.scrollIntoView({ block: "center" });
  else byId("main").scrollTo(0, 0);
}

/** @param {string} name Code of a site, a stroke, the id of a theme. */
function followCell(name) {
  const [code, theme] = name.split("/");
  const row = study.sites.findIndex((/** @type {any} */ s) => s.code === code);
  const column = study.themes.findIndex((/** @type {any} */ t) => t.id === theme);
  if (row >= 0 && column >= 0 && !isOpen(row, column)) openCell(row, column, false);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const menu = document.querySelector(".menu[open]");
  if (event.key === "Escape" && menu) {
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  } else if (target.matches("input:not([type=checkbox]), select, textarea")) {
    if (event.key === "Escape") grid.cells.get(grid.at.join("/"))?.focus();
  } else if (!byId("matrix").classList.contains("open") || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  } else if (event.key === "Escape") closeCell();
  else if (event.key === "n") stepCell(1);
  else if (event.key === "p") stepCell(-1);
  else if (event.key === "/") { event.preventDefault(); byId("search").focus(); }
}

/** Build the screen of the matrix. */
function start() {
  document.documentElement.classList.add("scripted");
  const aside = el("aside", { id: "panel", "aria-label": "The open cell", hidden: true });
  byId("screen").className = "screen";
  byId("screen").append(drawBar(), drawLegend(), el("div", { class: "field", id: "field" }, el("div", { class: "wrap", id: "wrap" }), aside));
  byId("screen").hidden = false;
  listeners.unshift(drawGrid, () => { if (panel.at) drawPanel(); });
  changed();
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute("open");
  });
  window.addEventListener("hashchange", follow);
  follow();
}

start();
