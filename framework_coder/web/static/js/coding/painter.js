// @ts-check
// Paint codings over the text: Highlights by theme and stripes in the margin, for the parts near the window only.
// Text nodes are never touched. A painter takes `paint(codings)` and `mark(name, spans)`, and tells of nothing else.

import { lanes } from "./lanes.js";
import { drawMargin } from "./margin.js";
import { watchParts } from "./parts.js";

/** @typedef {ReturnType<typeof import("../payloads/reader.js").ReaderCoding>} Coding */
/** @typedef {ReturnType<typeof import("../payloads/reader.js").ReaderTheme>} Theme */
/** @typedef {ReturnType<typeof import("./offsets.js").makeText>} Text */
/** @typedef {import("./offsets.js").Span} Span */
/** @typedef {import("./parts.js").Part} Part */
/** @typedef {{ coding: Coding, lane: number }} Painted A coding with its lane in the margin. */

const PRIORITY = { found: 1, chosen: 2, cursor: 3, here: 4 };

/** @param {Text} text @param {(theme: string) => Theme | undefined} themeOf */
export function makePainter(text, themeOf) {
  /** @type {Painted[]} */
  let shown = [];
  /** @type {Map<string, Highlight>} */
  const highlights = new Map();
  /** @type {Map<string, readonly Span[]>} What is marked beside the codings: the cursor, the chosen one, what was found. */
  const marks = new Map();
  /** @type {Map<Part, [Highlight, Range][]>} */
  const drawn = new Map();
  /** @type {Set<number>} */
  let pressed = new Set();
  /** @type {() => void} */
  let afterwards = () => {};
  const parts = watchParts(text, { come: draw, go: erase, change: () => redraw() });

  /** @param {string} name */
  function highlight(name) {
    let found = highlights.get(name);
    if (!found) {
      found = new Highlight();
      found.priority = PRIORITY[/** @type {keyof typeof PRIORITY} */ (name)] ?? 0;
      highlights.set(name, found);
      CSS.highlights.set(name, found);
    }
    return found;
  }

  /** @param {Painted} painted */
  function nameOf({ coding, lane }) {
    const look = themeOf(coding.theme)?.look ?? "t-none";
    return coding.state === "proposed" ? `${look}-maybe` : lane % 2 ? `${look}-over` : look;
  }

  /** @param {Part} part @param {Span} span */
  const clip = (part, span) => ({ start: Math.max(span.start, part.start), end: Math.min(span.end, part.end) });
  /** @param {Part} part @param {Span} span */
  const touches = (part, span) => span.start < part.end && span.end > part.start;

  /** @param {Part[]} some Draw parts: all ranges first, then all measures, then all stripes, so that the page is laid out once. */
  function draw(some) {
    const placed = some.map((part) => ({ part, here: highlightPart(part) })).map(({ part, here }) => {
      const { top, height } = part.margin.getBoundingClientRect();
      return { part, height, stripes: here.map(({ painted, ranges }) => {
        const from = ranges[0].getBoundingClientRect(), to = ranges[ranges.length - 1].getBoundingClientRect();
        return { painted, top: from.top - top, height: to.bottom - from.top, ...describe(painted.coding) };
      }) };
    });
    for (const { part, height, stripes } of placed) drawMargin(part.margin, stripes, height);
    if (pressed.size) press();
    afterwards();
  }

  /** @param {Part} part */
  function highlightPart(part) {
    letGo(part);
    /** @type {[Highlight, Range][]} */
    const ranges = [];
    /** @param {string} name @param {Span} span */
    const put = (name, span) => {
      const found = text.ranges(clip(part, span));
      for (const range of found) ranges.push([highlight(name), range]);
      return found;
    };
    const here = shown.filter(({ coding }) => touches(part, coding)).map((painted) => ({ painted, ranges: put(nameOf(painted), painted.coding) }));
    for (const [name, spans] of marks) for (const span of spans) if (touches(part, span)) put(name, span);
    for (const [over, range] of ranges) over.add(range);
    drawn.set(part, ranges);
    return here.filter(({ ranges: some }) => some.length);
  }

  /** @param {Coding} coding */
  function describe(coding) {
    const theme = themeOf(coding.theme), isProposed = coding.state === "proposed";
    const label = theme?.label ?? coding.theme;
    return {
      look: theme?.look ?? "t-none", name: isProposed ? `${label}? proposed` : label,
      told: `${theme?.path ?? coding.theme}${isProposed ? ", proposed" : ""}, ${coding.coder}`,
    };
  }

  /** @param {Part} part */
  function letGo(part) {
    for (const [over, range] of drawn.get(part) ?? []) over.delete(range);
    drawn.delete(part);
  }

  /** @param {Part} part */
  function erase(part) {
    letGo(part);
    part.margin.replaceChildren();
  }

  /** @param {(part: Part) => boolean} [isMeant] */
  function redraw(isMeant = () => true) {
    const some = [...parts.near].filter(isMeant);
    if (some.length) draw(some);
  }

  function press() {
    for (const part of parts.near) for (const each of part.margin.querySelectorAll(".stripe")) each.setAttribute("aria-pressed", String(pressed.has(Number(/** @type {HTMLElement} */ (each).dataset.coding))));
  }

  return {
    parts,

    /** @param {readonly Coding[]} codings Paint these; parts in which nothing changed are left alone. */
    paint(codings) {
      const sorted = [...codings].sort((one, other) => one.start - other.start || other.end - one.end || one.id - other.id);
      const places = lanes(sorted), before = shown;
      shown = sorted.map((coding, place) => ({ coding, lane: places[place] }));
      redraw((part) => sign(part, before) !== sign(part, shown));
    },

    /** @param {"cursor" | "chosen" | "found" | "here"} name @param {readonly Span[]} spans Marks beside the codings. */
    mark(name, spans) {
      const before = marks.get(name) ?? [];
      if (before.length === spans.length && before.every((span, place) => span.start === spans[place].start && span.end === spans[place].end)) return;
      marks.set(name, spans);
      const over = highlight(name);
      over.clear();
      for (const [part, ranges] of drawn) {
        drawn.set(part, ranges.filter(([each]) => each !== over));
        for (const span of spans) if (touches(part, span)) for (const range of text.ranges(clip(part, span))) { over.add(range); drawn.get(part)?.push([over, range]); }
      }
    },

    /** @param {readonly number[]} codings Whose stripes are pressed. */
    choose(codings) {
      pressed = new Set(codings);
      press();
    },

    /** Draw everything near anew: a theme has another name or colour. */
    redraw: () => redraw(),

    /** Draw every part, for paper. */
    drawAll: () => draw(parts.all()),

    /** @param {() => void} tell Called when a part was drawn. */
    onDrawn(tell) { afterwards = tell; },
  };

  /** @param {Part} part @param {readonly Painted[]} painted @returns {string} What of them a part shows. */
  function sign(part, painted) {
    return painted.filter(({ coding }) => touches(part, coding)).map(({ coding: c, lane }) => `${c.id} ${c.start} ${c.end} ${c.theme} ${c.state} ${lane}`).join("|");
  }
}
