// @ts-check
// Where spans of the text stand on a page, and which word is at a point: all in points from the top left.

/** @typedef {import("../offsets.js").Span} Span */
/** @typedef {{ start: number, end: number, x0: number, top: number, x1: number, bottom: number }} Word */
/** @typedef {{ x0: number, top: number, x1: number, bottom: number }} Box */

/** How much further a point is from a word above or below it than from one beside it. */
const ACROSS = 3;

/** @param {readonly (readonly (readonly number[])[])[]} lines As the server tells them. @returns {Word[][]} */
export const readLines = (lines) => lines.map((line) => line.map(([start, end, x0, top, x1, bottom]) => ({ start, end, x0, top, x1, bottom })));

/** @param {readonly Word[]} words @returns {Box} The box around all of them. */
export const around = (words) => ({
  x0: Math.min(...words.map((word) => word.x0)), top: Math.min(...words.map((word) => word.top)),
  x1: Math.max(...words.map((word) => word.x1)), bottom: Math.max(...words.map((word) => word.bottom)),
});

/** @param {readonly Word[]} line @returns {boolean} Whether its words run across the page, not up or down it. */
const isLevel = (line) => line.length < 2 || line[line.length - 1].x0 >= line[0].x1;

/** @param {Word} word @param {Span} span @returns {Word} What of a word is in a span, its sides in proportion. */
function cut(word, span) {
  const wide = (word.x1 - word.x0) / (word.end - word.start);
  const before = Math.max(0, span.start - word.start), after = Math.max(0, word.end - span.end);
  return { ...word, x0: word.x0 + before * wide, x1: word.x1 - after * wide };
}

/** @param {readonly Word[][]} lines @param {Span} span @returns {Box[]} One a line that the span touches. */
export function boxesOf(lines, span) {
  const boxes = [];
  for (const line of lines) {
    const words = line.filter((word) => word.start < span.end && word.end > span.start);
    if (words.length) boxes.push(around(isLevel(line) ? words.map((word) => cut(word, span)) : words));
  }
  return boxes;
}

/** @param {readonly Word[][]} lines @param {number} x @param {number} y @returns {{ word: Word, distance: number } | null} The word at a point, or the nearest one. */
export function wordAt(lines, x, y) {
  let found = null;
  for (const line of lines) for (const word of line) {
    const distance = Math.max(word.x0 - x, x - word.x1, 0) + ACROSS * Math.max(word.top - y, y - word.bottom, 0);
    if (!found || distance < found.distance) found = { word, distance };
  }
  return found;
}
