// @ts-check
// Which lines of a table are shown, and in which order: words, choices, what is missing, the column sorted by.

/** @typedef {ReturnType<typeof import("../payloads/sources.js").GridPage>} Page */
/** @typedef {ReturnType<typeof import("../payloads/sources.js").GridLine>} Line */
/** @typedef {ReturnType<typeof import("../payloads/sources.js").GridColumn>} Column */

/** @type {Record<string, { told: string, holds: (line: Line) => boolean }>} What a line can lack. */
export const LACKS = {
  unexamined: { told: "not examined for any theme", holds: (line) => !line.numbers.examined },
  undated: { told: "without a date", holds: (line) => !line.cells.produced_on },
  untyped: { told: "documents without a type", holds: (line) => line.cells.method === "document" && !line.cells.document_type },
  unoriginated: { told: "without an originator", holds: (line) => !line.cells.originator },
  uncoded: { told: "without codings", holds: (line) => !line.numbers.codings },
  uncited: { told: "cited by no claim", holds: (line) => !line.numbers.claims },
  derived: { told: "derived from another", holds: (line) => Boolean(line.cells.derived_from) },
};

const WORDS = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });

/** @param {string} text */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {Page} page @param {URLSearchParams} wish @returns {Line[]} */
export function choose(page, wish) {
  const words = fold(wish.get("q") ?? "").split(/\s+/).filter(Boolean), lack = LACKS[wish.get("lack") ?? ""];
  const chosen = page.columns.filter((column) => wish.get(column.id));
  return page.lines.filter((line) => {
    const said = words.length ? fold(Object.values(line.cells).join(" ")) : "";
    return words.every((word) => said.includes(word)) && (!lack || lack.holds(line))
      && chosen.every((column) => (line.cells[column.id] ?? "").split(";").some((value) => value.trim() === wish.get(column.id)));
  });
}

/** @param {Page} page @param {readonly Line[]} lines @param {{ column: string, isDown: boolean }} order @returns {Line[]} Empty cells come last. */
export function sort(page, lines, order) {
  const column = page.columns.find((each) => each.id === order.column), way = order.isDown ? -1 : 1;
  if (!column) return [...lines];
  if (column.kind === "number") return [...lines].sort((a, b) => way * ((a.numbers[column.id] ?? 0) - (b.numbers[column.id] ?? 0)));
  /** @param {Line} line */
  const text = (line) => line.cells[column.id] ?? "";
  return [...lines].sort((a, b) => (text(a) && text(b) ? way * WORDS.compare(text(a), text(b)) : Number(!text(a)) - Number(!text(b))));
}
