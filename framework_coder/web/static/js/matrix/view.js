// @ts-check
// What the matrix shows is its address: menus and links change it, and the grid is drawn anew in place.

/** What an address leaves out because it is as usual. */
const USUAL = new Set(["density=status", "rest=hide", "level=0", "sort=", "transpose="]);

/** @param {HTMLFormElement} form @returns {string} The address of what the form asks for. */
export function addressOf(form) {
  const given = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  const query = new URLSearchParams();
  for (const [name, value] of given) if (name !== "anonymous" && !USUAL.has(`${name}=${value}`)) query.append(name, value);
  if (!query.getAll("only").length) query.delete("rest");
  for (const name of ["site", "theme"]) shorten(form, query, name);
  const heads = query.getAll("heads").filter(Boolean);
  const asUsual = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('input[type="checkbox"][name="heads"]'));
  query.delete("heads");
  if ([...asUsual].some((box, place) => box.checked !== place < 2)) for (const name of heads.length ? heads : [""]) query.append("heads", name);
  const words = query.toString();
  return words ? `/matrix?${words}` : "/matrix";
}

/** Where all are ticked none needs to be named; of themes, those left out are fewer. @param {HTMLFormElement} form @param {URLSearchParams} query @param {string} name */
function shorten(form, query, name) {
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(`input[type="checkbox"][name="${name}"]`)]);
  const scope = new URLSearchParams(location.search).getAll("theme");
  const left = boxes.filter((box) => !box.checked && box.dataset.within !== "no");
  query.delete(name);
  if (name === "site" && left.length) for (const box of boxes) if (box.checked) query.append(name, box.value);
  if (name !== "theme") return;
  for (const theme of scope) query.append("theme", theme);
  for (const box of left) query.append("hide", box.value);
}

/** Note which themes are outside what is descended into: to leave them out says nothing. @param {HTMLFormElement} form */
export function noteScope(form) {
  const query = new URLSearchParams(location.search);
  if (!query.getAll("theme").length) return;
  const hidden = new Set(query.getAll("hide"));
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('input[type="checkbox"][name="theme"]'))) {
    if (!box.checked && !hidden.has(box.value)) box.dataset.within = "no";
  }
}

/** @param {string} address @returns {Promise<Document | null>} The page as the server has it now; null where it did not come. */
export async function fetchPage(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  return answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

/** @param {Element} element @returns {string} A selector that finds a control of the toolbar again. */
function nameControl(element) {
  if (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) {
    const value = element instanceof HTMLInputElement ? `[value="${CSS.escape(element.value)}"]` : "";
    return `[name="${element.name}"]${value}`;
  }
  if (element instanceof HTMLElement && element.dataset.state) return `[data-state="${element.dataset.state}"]`;
  return "";
}

const PARTS = ["toolbar", "wrap", "page-data"], MOST_KEPT = 8;
/** @type {Map<string, Document>} Pages that were shown, by their address: folding back and forth asks for nothing. */
const kept = new Map();

/** @param {string} address @returns {Document | null} A page that was shown before; what has changed since is not in it. */
export function takeKept(address) {
  const page = kept.get(address) ?? null;
  kept.delete(address);
  return page;
}

/** Rows or columns are others by now. */
export function forgetKept() {
  kept.clear();
}

/** Put what is shown aside, as it was when it came. @param {string} address */
function keep(address) {
  const page = document.implementation.createHTMLDocument();
  /** @type {HTMLFormElement} */ (document.getElementById("toolbar")).reset();
  for (const menu of document.querySelectorAll("#toolbar details")) menu.removeAttribute("open");
  for (const stop of document.querySelectorAll('#wrap [tabindex="0"]')) stop.setAttribute("tabindex", "-1");
  for (const open of document.querySelectorAll("#wrap [aria-selected]")) open.removeAttribute("aria-selected");
  for (const id of PARTS) {
    const part = page.createElement("div");
    part.id = id;
    part.append(.../** @type {HTMLElement} */ (document.getElementById(id)).childNodes);
    page.body.append(part);
  }
  kept.set(address, page);
  for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
}

/** Put the toolbar and the grid of a page in place of ours; open menus and the focus stay. @param {Document} page @param {string} [ours] The address of ours, where it may be shown again. */
export function takeOver(page, ours) {
  const bar = /** @type {HTMLElement} */ (document.getElementById("toolbar")), wrap = /** @type {HTMLElement} */ (document.getElementById("wrap"));
  const open = [...bar.querySelectorAll("details")].findIndex((menu) => menu.open);
  const scrolled = bar.querySelectorAll("details")[open]?.querySelector(".panel")?.scrollTop ?? 0;
  const control = document.activeElement && bar.contains(document.activeElement) ? document.activeElement : null;
  const found = control ? nameControl(control) : "", place = control ? [...bar.querySelectorAll("a, summary")].indexOf(control) : -1;
  const top = wrap.scrollTop, left = wrap.scrollLeft;
  if (ours) keep(ours);
  for (const id of PARTS) {
    const here = document.getElementById(id), there = page.getElementById(id);
    if (here && there) here.replaceChildren(...there.childNodes);
  }
  const menu = bar.querySelectorAll("details")[open];
  if (menu) { menu.open = true; /** @type {HTMLElement} */ (menu.querySelector(".panel")).scrollTop = scrolled; }
  wrap.scrollTo(left, top);
  const again = found ? bar.querySelector(found) : bar.querySelectorAll("a, summary")[place];
  if (again instanceof HTMLElement) again.focus();
}
