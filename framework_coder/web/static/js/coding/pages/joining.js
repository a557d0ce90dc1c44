// @ts-check
// Two painters as one: the text and the pages show the same.

/** @typedef {import("../painter.js").Painter} Painter */

/** @param {Painter} one @param {Painter} other @returns {Painter} One that paints with both. */
export function joinPainters(one, other) {
  return {
    paint: (codings) => { one.paint(codings); other.paint(codings); },
    mark: (name, spans) => { one.mark(name, spans); other.mark(name, spans); },
    choose: (codings) => { one.choose(codings); other.choose(codings); },
    redraw: () => { one.redraw(); other.redraw(); },
    onDrawn: one.onDrawn,
  };
}
