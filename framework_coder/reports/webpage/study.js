// @ts-check
// The study of this pack, what is shown of it, and who wants to know when that changes.

/** @type {any} */
const study = JSON.parse(byId("study").textContent ?? "{}");

/** What is shown: empty sets and texts leave everything in. */
const shown = {
  /** @type {Map<string, Set<string>>} */ attributes: new Map(),
  /** @type {Set<number>} */ sites: new Set(),
  /** @type {Set<string>} */ themes: new Set(),
  /** @type {Set<string>} */ methods: new Set(),
  /** @type {Set<string>} */ states: new Set(),
  text: "",
  hasTexts: Boolean(study.layout?.has_texts),
  isTransposed: Boolean(study.layout?.is_transposed),
};

/** @type {(() => void)[]} */
const listeners = [];

/** @type {string[]} Words of the search, in lower case. */
let wanted = [];

/** Draw everything anew after a change of what is shown. */
function changed() {
  wanted = shown.text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const listener of listeners) listener();
}

/** @param {any} site */
function showsSite(site) {
  if (shown.sites.size && !shown.sites.has(site.id)) return false;
  return [...shown.attributes].every(([name, values]) => !values.size || values.has(site.attributes[name] ?? ""));
}

/** @param {any} theme */
function showsTheme(theme) {
  return !shown.themes.size || shown.themes.has(theme.id);
}

/** @type {Map<string, string>} */
const haystacks = new Map();

/** @param {string} key @param {() => string[]} read */
function haystack(key, read) {
  let found = haystacks.get(key);
  if (found === undefined) haystacks.set(key, (found = read().join("\n").toLowerCase()));
  return found;
}

/** @param {number} number @returns {boolean} Whether a claim is what the filters of methods and words ask for. */
function claimFits(number) {
  const claim = study.claims[number];
  if (shown.methods.size && !claim.evidence.some((/** @type {any} */ e) => shown.methods.has(methodOf(e.coding)))) return false;
  if (!wanted.length) return true;
  const text = haystack(`claim ${number}`, () => [
    claim.summary, claim.quotation ?? "", claim.comment ?? "",
    ...claim.evidence.map((/** @type {any} */ e) => `${quoteOf(study.codings[e.coding])} ${study.codings[e.coding].token} ${e.note ?? ""}`),
  ]);
  return wanted.every((word) => text.includes(word));
}

/** @param {number} coding @returns {string} */
function methodOf(coding) {
  return study.sources[study.codings[coding].source].method;
}

/** @param {any} coding The words of a passage; those of one block are not written twice. */
function quoteOf(coding) {
  if (coding.quote) return coding.quote;
  const [number, start, end] = coding.at[0];
  return study.sources[coding.source].blocks[number][2].slice(start, end);
}

/** @param {number} number */
function codingFits(number) {
  if (shown.methods.size && !shown.methods.has(methodOf(number))) return false;
  const coding = study.codings[number];
  const text = haystack(`coding ${number}`, () => [quoteOf(coding), coding.token]);
  return wanted.every((word) => text.includes(word));
}

/** Whether a filter looks inside cells. */
function looksInside() {
  return Boolean(shown.methods.size || shown.states.size || wanted.length);
}

/** @param {any} cell */
function cellFits(cell) {
  const has = [cell.state, ...cell.strip.map((/** @type {any} */ part) => part[0])];
  if (shown.states.size && !has.some((state) => shown.states.has(state))) return false;
  if (!shown.methods.size && !wanted.length) return true;
  return cell.claims.some(claimFits) || cell.unused.some(codingFits);
}

/** Return the numbers of the sites and themes shown, after every filter. */
function layOut() {
  let rows = [...study.sites.keys()].filter((row) => showsSite(study.sites[row]));
  let columns = [...study.themes.keys()].filter((column) => showsTheme(study.themes[column]));
  const fits = new Set();
  for (const row of rows) for (const column of columns) if (!study.cells[row][column].out && cellFits(study.cells[row][column])) fits.add(`${row}/${column}`);
  if (looksInside()) {
    const all = rows;
    rows = all.filter((row) => columns.some((column) => fits.has(`${row}/${column}`)));
    columns = columns.filter((column) => all.some((row) => fits.has(`${row}/${column}`)));
  }
  return { rows, columns, fits };
}

/** @param {string} state @returns {HTMLElement} */
function chip(state) {
  const look = study.states[state];
  return el("span", { class: `chip s-${state}`, title: look.label }, el("span", { "aria-hidden": "true" }, look.letter), el("span", { class: "sr" }, look.label));
}

/** @param {string} method */
function findMethod(method) {
  return study.methods.find((/** @type {any} */ m) => m.id === method) ?? { label: method, letter: "?" };
}

/** @param {string} method @param {string} lamp @param {boolean} [isHidden] */
function lampOf(method, lamp, isHidden = true) {
  const { label, letter } = findMethod(method);
  const words = `${label}: ${study.lamps[lamp]}`;
  return el("i", { class: `lamp ${lamp}`, title: words, "aria-hidden": isHidden ? "true" : null }, letter);
}
