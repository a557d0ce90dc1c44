// @ts-check
// The pages of a PDF in a scroller: loaded near the window only, painted like the text, read and coded like it.

import { html, render } from "../../../vendor/lit-html.js";
import { ask } from "../../lib/api.js";
import { byId } from "../../lib/page.js";
import { SourcePages } from "../../payloads/paging.js";
import { lanes } from "../lanes.js";
import { pageBoard } from "./ends.js";
import { followEachOther } from "./following.js";
import { paintCodings, paintMarks } from "./painting.js";
import { watchMouse } from "./picking.js";
import { makePlacing } from "./placing.js";
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
 * @param {{ choose: (coding: number) => void, reveal: (span: Span) => void, drawn: () => void }} does
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
        sheets = found.pages.map((outline) => makeSheet({ note, fail }, address, found.file, outline, found.pages.length, text));
        root.replaceChildren(...sheets.map((sheet) => sheet.element));
        for (const sheet of sheets) { byElement.set(sheet.element, sheet); seen.observe(sheet.element); }
      } catch (error) {
        fail(error);
      }
    })();
    return opening;
  }

  /** Say once why there are no pages, and lead back to the text. @param {unknown} error */
  function fail(error) {
    opening = null;
    sheets = [];
    near.clear();
    const place = document.createElement("div");
    root.replaceChildren(place);
    render(html`<div class="no-pages"><h2>The pages cannot be shown</h2><p>${error instanceof Error ? error.message : ""}</p>
      <p class="buttons"><button type="button" class="main" @click=${() => views.show("text")}>Read the text</button><button type="button" @click=${() => open().then(arrive)}>Try again</button></p></div>`, place);
  }

  /** @param {ReturnType<typeof import("../../payloads/paging.js").PageLines>} found Say once what an analyst must know of these pages. */
  function note(found) {
    const told = !found.is_same_text ? "The text of this source was not read from this file as it stands, so codings cannot be shown on its pages."
      : found.missing ? `${found.missing.toLocaleString("en-GB")} words of the text (values of form fields, mostly) have no place on the pages; see them in the text.` : "";
    if (told && !root.querySelector(".note")) root.prepend(Object.assign(document.createElement("p"), { className: "note", textContent: told }));
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
    does.drawn();
  }

  const placing = makePlacing(root, () => sheets, () => zoom.pixels(), text);
  /** @param {Span} span */
  const reveal = (span) => { if (views.isShown()) placing.reveal(span); };
  followEachOther(root, text, placing, () => views.isBoth() && sheets.length > 0);

  const mouse = watchMouse(root, () => near, (word) => {
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
    board: pageBoard(() => (views.isShown() ? near : []), mouse.spotAt),
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
