// @ts-check
// The pages of a PDF in a scroller: loaded near the window only, painted like the text, read and coded like it.

import { ask } from "../../lib/api.js";
import { byId } from "../../lib/page.js";
import { SourcePages } from "../../payloads/paging.js";
import { lanes } from "../lanes.js";
import { boxesOf } from "./boxes.js";
import { paintCodings, paintMarks } from "./painting.js";
import { watchMouse } from "./picking.js";
import { makeSheet } from "./sheet.js";
import { makeViews } from "./views.js";
import { makeZoom } from "./zooming.js";

/** @typedef {import("../offsets.js").Span} Span */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("../painter.js").Painter} Painter */

const NEAR = "70% 0px";

/**
 * @param {string} ref
 * @param {import("../reading.js").Reading} reading
 * @param {ReturnType<typeof import("../offsets.js").makeText>} text
 * @param {{ choose: (coding: number) => void, reveal: (span: Span) => void }} does
 */
export function makePages(ref, reading, text, does) {
  const root = byId("pages"), address = `/api/sources/${encodeURIComponent(ref)}/pages`;
  /** @type {Sheet[]} */
  let sheets = [];
  /** @type {Map<Element, Sheet>} */
  const byElement = new Map();
  /** @type {Set<Sheet>} */
  const near = new Set();
  /** @type {import("../painter.js").Painted[]} */
  let painted = [];
  /** @type {Map<string, readonly Span[]>} */
  const marks = new Map();
  /** @type {Promise<void> | null} */
  let opening = null;
  let turns = 0;
  const views = makeViews((view) => { if (view === "text") zoom.hide(); else open().then(arrive); });
  const zoom = makeZoom(root, () => Math.max(100, ...sheets.map(({ outline }) => outline.width)), () => { for (const sheet of near) draw(sheet); });

  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const sheet = /** @type {Sheet} */ (byElement.get(target));
      if (isIntersecting) { near.add(sheet); draw(sheet); sheet.read().then(() => draw(sheet)); } else if (near.delete(sheet)) sheet.hide();
    }
  }, { root, rootMargin: NEAR });

  /** @returns {Promise<void>} Ask for the pages once. */
  function open() {
    opening ??= (async () => {
      root.textContent = "The pages are being opened …";
      try {
        const found = await ask(address, SourcePages);
        sheets = found.pages.map((outline) => makeSheet(note, address, found.file, outline, found.pages.length, text));
        root.replaceChildren(...sheets.map((sheet) => sheet.element));
        for (const sheet of sheets) { byElement.set(sheet.element, sheet); seen.observe(sheet.element); }
      } catch (error) {
        root.textContent = error instanceof Error ? error.message : "The pages cannot be shown.";
        opening = null;
      }
    })();
    return opening;
  }

  /** @param {ReturnType<typeof import("../../payloads/paging.js").PageLines>} found Say once what an analyst must know of these pages. */
  function note(found) {
    const told = !found.is_same_text ? "The text of this source was not read from this file as it stands, so codings cannot be shown on its pages."
      : found.missing ? `${found.missing.toLocaleString("en-GB")} words of the text (values of form fields, mostly) have no place on the pages; see them in the text.` : "";
    if (told && !root.querySelector(".note")) root.prepend(Object.assign(document.createElement("p"), { className: "note", textContent: told }));
  }

  /** @param {Span} span @returns {Sheet[]} The page that a span begins on, and its neighbours: heads and feet stand in the text where they divide no sentence. */
  function around(span) {
    const place = sheets.findLastIndex(({ outline }) => outline.start <= span.start);
    const told = /^p(\d+)/.exec(text.element(text.blockAt(span.start)).dataset.place ?? "");
    return [place, Number(told?.[1] ?? 0) - 1, place + 1, place - 1].flatMap((each) => sheets[each] ?? []);
  }

  function arrive() {
    zoom.apply();
    const span = reading.passage() ?? reading.chosen();
    if (span) reveal(span);
  }

  /** @param {Sheet} sheet */
  function draw(sheet) {
    if (!near.has(sheet) || !views.isShown()) return;
    sheet.show(zoom.pixels() * devicePixelRatio);
    paintCodings(sheet, painted, reading.theme, reading.get().chosen);
    paintMarks(sheet, marks);
  }

  /** @param {Span} span Bring the words of a span into the window. */
  async function reveal(span) {
    const turn = ++turns;
    if (!views.isShown()) return;
    for (const sheet of around(span)) {
      await sheet.read();
      if (turn !== turns) return; // another place is wanted by now
      const boxes = boxesOf(sheet.lines(), { start: span.start, end: Math.max(span.end, span.start + 1) });
      if (!boxes.length) continue;
      const top = sheet.element.offsetTop + boxes[0].top * zoom.pixels(), bottom = sheet.element.offsetTop + boxes[boxes.length - 1].bottom * zoom.pixels();
      const isSeen = top >= root.scrollTop && Math.min(bottom, top + root.clientHeight / 2) <= root.scrollTop + root.clientHeight;
      if (!isSeen) root.scrollTop = top - root.clientHeight / 3;
      return;
    }
  }

  let isWaiting = false;
  root.addEventListener("scroll", () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => { isWaiting = false; root.dataset.top = String(topOffset()); });
  }, { passive: true });

  /** @returns {number} Where the topmost line in the window begins. */
  function topOffset() {
    const sheet = sheets.find(({ element }) => element.offsetTop + element.offsetHeight > root.scrollTop + 40);
    if (!sheet) return 0;
    const top = (root.scrollTop - sheet.element.offsetTop) / zoom.pixels();
    const starts = sheet.lines().filter((line) => line[0].top >= top).map((line) => line[0].start);
    return starts.length ? Math.min(...starts) : sheet.outline.start;
  }

  watchMouse(root, () => near, (word) => {
    const is = reading.get(), under = word ? reading.shown().filter((each) => each.start < word.end && word.start < each.end).sort((one, other) => one.end - one.start - (other.end - other.start)) : [];
    if (under.length) does.choose(under[(under.findIndex((each) => each.id === is.chosen) + 1) % under.length].id);
    else if (word) { reading.set({ segment: reading.segmentAt(word.start), length: 1, selected: null, chosen: null }); does.reveal(word); }
  });
  root.addEventListener("click", (event) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.coding : undefined;
    if (id) does.choose(Number(id));
  });
  root.addEventListener("copy", (event) => {
    const { selected } = reading.get();
    if (!selected) return;
    event.preventDefault();
    event.clipboardData?.setData("text/plain", text.words(selected));
  });

  /** @type {Span | null} */
  let shownPassage = null;
  reading.subscribe((now, before) => {
    const coding = reading.chosen(), span = coding ? null : reading.passage();
    const isSame = span?.start === shownPassage?.start && span?.end === shownPassage?.end;
    shownPassage = span;
    marks.set("cursor", span ? [span] : []);
    if (!isSame) for (const sheet of near) paintMarks(sheet, marks);
    if (now.chosen !== before.chosen) for (const sheet of near) draw(sheet);
    const at = coding ?? span;
    if (at && (now.chosen !== before.chosen || !isSame)) reveal(at);
  });

  /** @type {Painter} */
  const painter = {
    paint(codings) {
      const sorted = [...codings].sort((one, other) => one.start - other.start || other.end - one.end || one.id - other.id), places = lanes(sorted);
      painted = sorted.map((coding, place) => ({ coding, lane: places[place] }));
      for (const sheet of near) draw(sheet);
    },
    mark(name, spans) {
      if (name !== "found" && name !== "here") return; // the cursor is drawn from what is selected, here or in the text
      marks.set(name, spans);
      for (const sheet of near) paintMarks(sheet, marks);
    },
    choose() {},
    redraw() { for (const sheet of near) draw(sheet); },
    onDrawn() {},
  };

  /** @param {Node} node @param {number} unit @param {boolean} isEnd */
  const wordOf = (node, unit, isEnd) => {
    const sheet = byElement.get(/** @type {Element} */ ((node instanceof Element ? node : node.parentElement)?.closest(".sheet")));
    return sheet?.wordOf(node, unit, isEnd) ?? null;
  };

  views.restore();
  return {
    painter, reveal,
    actions: { view: views.next, zoomIn: zoom.larger, zoomOut: zoom.smaller, fitWidth: zoom.fitWidth },
    /** @type {import("../selecting.js").Surface} */
    surface: {
      root,
      span(range) {
        const first = wordOf(range.startContainer, range.startOffset, false), last = wordOf(range.endContainer, Math.max(0, range.endOffset - 1), true);
        return first && last && first.start < last.end ? { start: first.start, end: last.end } : null;
      },
      box: (range) => ([...root.querySelectorAll(".at-cursor")].pop() ?? range).getBoundingClientRect(),
    },
  };
}
