// @ts-check
// The reader: its parts put together, and its keys.

import { ask, readPage } from "../lib/api.js";
import { byId, journal, tell } from "../lib/page.js";
import { listen } from "../lib/shortcuts.js";
import { ReaderCodings, ReaderPage } from "../payloads/reader.js";
import { lastVisit, readAddress, rememberVisit, toSource } from "./address.js";
import { tellAlike } from "./beside.js";
import { loadLook, makeChanges } from "./changes.js";
import { citeCoding } from "./citing.js";
import { makeDeciding } from "./deciding.js";
import { decideDrifted } from "./drifting.js";
import { askExamined } from "./examining.js";
import { makeFilters, readFilter } from "./filters.js";
import { makeFinding } from "./finding.js";
import { makeHandles, textBoard } from "./handles.js";
import { writeMemos } from "./memos.js";
import { makeMoving, topOffset } from "./moving.js";
import { makeText } from "./offsets.js";
import { makePainter } from "./painter.js";
import { joinPainters } from "./pages/joining.js";
import { makePages } from "./pages/pages.js";
import { makePanel } from "./panel.js";
import { recentAmong } from "./picker.js";
import { preparePrinting } from "./printing.js";
import { makeReading } from "./reading.js";
import { textSurface, watchSelection } from "./selecting.js";
import { toSurface } from "./surface.js";
import { makeView } from "./view.js";
import { withWaiting } from "./waiting.js";

/** Characters from which on a source is not compared with others by the way: the Sources screen does it on request. */
const LONG = 200_000;

const page = readPage("page-data", ReaderPage);
const text = makeText(page.blocks);
const reading = makeReading(page, text);
const onText = makePainter(text, reading.theme);
const pages = makePages(page.ref, reading, text, { choose: (id) => moving.choose(id), reveal: (span) => moving.reveal(span), drawn: () => pageHandles.place() });
const painter = joinPainters(onText, pages.painter);
const changes = makeChanges(page, reading, { refresh, settle: () => moving.save() });
const moving = makeMoving(page, reading, text, changes);
const deciding = makeDeciding(page.ref, reading, text, changes, moving);
const dragging = {
  show: (/** @type {import("./reading.js").Coding} */ coding) => reading.replace(coding.id, coding),
  save: (/** @type {import("./reading.js").Coding} */ before, /** @type {import("./offsets.js").Span} */ { start, end }) => { reading.replace(before.id, before); changes.edit(before, { start, end }); },
};
const handles = makeHandles(reading, textBoard(text, moving.words), dragging), pageHandles = makeHandles(reading, pages.board, dragging);
const finding = makeFinding(text, painter, {
  from: () => reading.passage()?.start ?? topOffset(text),
  reveal: (span) => { moving.reveal(span, "center"); pages.reveal(span); },
  close: (at) => { if (at) reading.set({ segment: reading.segmentAt(at.start), length: 1, selected: at, chosen: null }); toSurface(); },
});
const selection = watchSelection(reading, text, [textSurface(text), pages.surface], { pick: deciding.pick, code: deciding.code });

async function refresh() {
  const now = await ask(`/api/sources/${encodeURIComponent(page.ref)}/codings`, ReaderCodings).catch(() => null);
  if (!now || handles.isDragging() || pageHandles.isDragging()) return;
  moving.save();
  const before = reading.get(), codings = withWaiting(now.codings, page.ref);
  if (JSON.stringify(now.themes) !== JSON.stringify(before.themes)) await loadLook(now.entry);
  reading.set({ ...now, codings, chosen: codings.some((each) => each.id === before.chosen) ? before.chosen : null });
}

/** @param {(coding: import("./reading.js").Coding) => unknown} work Do something with the chosen coding, or say that there is none. */
const withChosen = (work) => () => {
  const coding = reading.chosen();
  if (coding) work(coding); else tell("Choose a coding first: click its stripe, or go there with C.");
};
const memo = withChosen((coding) => writeMemos(page, reading, coding.id));
const cite = withChosen((coding) => citeCoding(page.ref, coding, text.words(coding), `${location.pathname}#coding=${coding.id}`));
const sourceMemo = () => writeMemos(page, reading, null);
const drifted = () => decideDrifted(page, reading, text, { show: (span) => moving.toOffset(span.start), refresh });
const remove = withChosen((coding) => changes.remove(coding));
const examine = () => askExamined(page, reading);
const assign = withChosen((coding) => changes.edit(coding, { site: page.sites[(page.sites.indexOf(coding.site) + 1) % page.sites.length] }));
const panel = makePanel(page, reading, text, {
  ...deciding, memo, cite, sourceMemo, drifted, remove, propose: () => changes.propose(),
  site: (site) => withChosen((coding) => changes.edit(coding, { site }))(),
});
makeView(page, reading, text, painter, handles, [panel, makeFilters(reading, { find: finding.open })]);
preparePrinting(onText);

function letGo() {
  getSelection()?.removeAllRanges();
  selection.hide();
  moving.save();
  const { selected, chosen } = reading.get();
  reading.set(selected || chosen !== null ? { selected: null, chosen: null, length: 1 } : { segment: -1, length: 1 });
  toSurface();
}

/** @param {(event: KeyboardEvent) => void} work Enter on a button or a link is the button's own. */
const unlessOnButton = (work) => (/** @type {KeyboardEvent} */ event) => {
  const own = event.target instanceof Element ? event.target.closest("button, a, summary") : null;
  if (own) /** @type {HTMLElement} */ (own).click(); else work(event);
};

listen({
  next: () => moving.step(1), previous: () => moving.step(-1), longer: () => moving.extend(1), shorter: () => moving.extend(-1),
  endLater: () => moving.stretch("moveEnd", 1), endSooner: () => moving.stretch("moveEnd", -1),
  startLater: () => moving.stretch("moveStart", 1), startSooner: () => moving.stretch("moveStart", -1),
  nextCoding: () => moving.toCoding(1), previousCoding: () => moving.toCoding(-1),
  nextHeading: () => moving.toHeading(1), previousHeading: () => moving.toHeading(-1),
  pick: unlessOnButton(() => deciding.pick()), remove, memo, sourceMemo, cite, assign, drifted, examine,
  theme: deciding.retheme, proposals: deciding.first, accept: deciding.accept, reject: deciding.reject,
  acceptAll: () => deciding.decideAll("", true), rejectAll: () => deciding.decideAll("", false),
  cell: withChosen((coding) => location.assign(`/matrix#cell=${encodeURIComponent(`${coding.site}/${coding.theme}`)}`)),
  find: finding.open, ...pages.actions, nextSource: () => toSource("next"), previousSource: () => toSource("prev"), letGo,
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [`recent${number}`, () => deciding.code(recentAmong(reading.get().themes)[number - 1]?.id)])),
});
journal.addEventListener("news", (event) => {
  const newest = Math.max(0, .../** @type {CustomEvent<{ id: number }[]>} */ (event).detail.map((line) => line.id));
  if (newest > reading.get().entry) refresh();
});
byId("text").addEventListener("click", (event) => {
  const target = event.target instanceof HTMLElement ? event.target : null, id = target?.dataset.coding;
  if (id) moving.choose(Number(id));
  else if (target?.closest("[data-block]") && getSelection()?.isCollapsed) deciding.clickAt(event);
});
byId("examine").addEventListener("click", examine);
window.addEventListener("pagehide", () => rememberVisit(page.ref, { segment: reading.get().segment, top: byId("text").scrollTop, offset: topOffset(text) }));

function followAddress() {
  const { coding, at } = readAddress();
  if (coding !== undefined) {
    moving.choose(coding);
    requestAnimationFrame(() => { const found = reading.chosen(); if (found) moving.reveal(found, "center"); });
  }
  if (at !== undefined) moving.toOffset(at);
}
window.addEventListener("hashchange", followAddress);

reading.set({ filter: readFilter(), codings: withWaiting(page.now.codings, page.ref) });
painter.paint(reading.shown());
const visit = lastVisit(page.ref);
if (location.hash) followAddress();
else if (visit) {
  reading.set({ segment: Math.min(visit.segment, page.segments.length - 1) });
  moving.reveal({ start: visit.offset, end: visit.offset }, "start");
}
if ((page.blocks[page.blocks.length - 1]?.[1] ?? 0) < LONG) setTimeout(() => tellAlike(page.ref), 1500);
