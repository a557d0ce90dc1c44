// @ts-check
// Codings on a page: a wash and a line over each of their lines, stripes and labels in the margin beside it.

import { describe, drawMargin } from "../margin.js";
import { boxesOf } from "./boxes.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("../painter.js").Painted} Painted */
/** @typedef {import("./boxes.js").Box} Box */
/** @typedef {import("../offsets.js").Span} Span */

/** @param {Sheet} sheet @param {Box} box @param {string} name */
function drawBox(sheet, box, name) {
  const mark = document.createElement("div");
  mark.className = name;
  sheet.put(mark, box);
  return mark;
}

/**
 * @param {Sheet} sheet
 * @param {readonly Painted[]} painted In the order of the text.
 * @param {(theme: string) => import("../painter.js").Theme | undefined} themeOf
 * @param {number | null} chosen
 */
export function paintCodings(sheet, painted, themeOf, chosen) {
  const { outline, layers, margin } = sheet, lines = sheet.lines();
  const here = painted.filter(({ coding }) => sheet.meets(coding))
    .map((each) => ({ ...each, boxes: boxesOf(lines, each.coding) })).filter(({ boxes }) => boxes.length);
  const zoom = sheet.paper.clientHeight / outline.height;
  layers.marks.replaceChildren(...here.flatMap(({ coding, lane, boxes }) => boxes.map((box) => {
    const mark = drawBox(sheet, box, `mark ${themeOf(coding.theme)?.look ?? "t-none"} ${coding.state}${lane % 2 ? " over" : ""}${coding.id === chosen ? " is-chosen" : ""}`);
    mark.dataset.coding = String(coding.id);
    return mark;
  })));
  drawMargin(margin, here.map(({ coding, lane, boxes }) => {
    const top = Math.min(...boxes.map((box) => box.top)) * zoom, bottom = Math.max(...boxes.map((box) => box.bottom)) * zoom;
    return { painted: { coding, lane }, top, height: bottom - top, ...describe(coding, themeOf(coding.theme)) };
  }), sheet.paper.clientHeight);
  for (const stripe of margin.querySelectorAll(".stripe")) stripe.setAttribute("aria-pressed", String(Number(/** @type {HTMLElement} */ (stripe).dataset.coding) === chosen));
}

/** @param {Sheet} sheet @param {ReadonlyMap<string, readonly Span[]>} marks By name: the cursor, what was found. */
export function paintMarks(sheet, marks) {
  const { layers } = sheet, lines = sheet.lines(), drawn = [];
  for (const [name, spans] of marks) for (const span of spans) {
    if (sheet.meets(span)) drawn.push(...boxesOf(lines, span).map((box) => drawBox(sheet, box, `at-${name}`)));
  }
  layers.pointed.replaceChildren(...drawn);
}
