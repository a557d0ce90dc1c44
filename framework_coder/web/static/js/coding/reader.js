// @ts-check
// The reader: choose a passage with the mouse or the keys, and code it; decide on proposals; undo.

import { html, render } from "../../vendor/lit-html.js";
import { ask, change, readPage, Refusal } from "../lib/api.js";
import { byId, journal, tell } from "../lib/page.js";
import { listen } from "../lib/shortcuts.js";
import { makeStore } from "../lib/store.js";
import { Done } from "../payloads/base.js";
import { Coded, ReaderCodings, ReaderPage } from "../payloads/reader.js";
import { makeText } from "./offsets.js";
import { makePainter } from "./painter.js";
import { pickTheme, recentThemes, rememberTheme } from "./picker.js";

/** @typedef {import("./offsets.js").Span} Span */

const page = readPage("page-data", ReaderPage);
const text = makeText(page.blocks);
const painter = makePainter(text, page);
const state = makeStore({
  codings: page.codings,
  /** @type {number} The segment under the cursor, -1 for none. */ segment: -1,
  /** @type {number} How many segments the cursor covers. */ length: 1,
  /** @type {Span | null} What the mouse selected. */ selected: null,
  /** @type {number | null} The coding that was chosen. */ chosen: null,
});

/** @returns {Span | null} What would be coded: the selection, else the segments under the cursor. */
function passage() {
  const { selected, segment, length } = state.get();
  if (selected || segment < 0) return selected;
  const last = Math.min(segment + length, page.segments.length) - 1;
  return { start: page.segments[segment][0], end: page.segments[last][1] };
}

/** @param {Span} span */
function reveal(span) {
  const row = text.nodes[text.blockAt(span.start)].parentElement;
  row?.scrollIntoView({ block: "nearest" });
}

/** @param {number} by */
function step(by) {
  const at = state.get().segment;
  const to = Math.max(0, Math.min(at < 0 && by < 0 ? 0 : at + by, page.segments.length - 1));
  getSelection()?.removeAllRanges();
  state.set({ segment: to, length: 1, selected: null, chosen: null });
  const span = passage();
  if (span) reveal(span);
}

/** @param {number} by */
function extend(by) {
  const { segment, length } = state.get();
  if (segment >= 0) state.set({ length: Math.max(1, Math.min(length + by, page.segments.length - segment)) });
}

/** @param {string | null} theme */
async function code(theme) {
  const span = passage();
  if (!span || !theme) return;
  rememberTheme(theme);
  const shown = { ...span, id: -Date.now(), theme, site: page.sites[0] ?? "", coder: "", origin: "manual", state: "accepted", reason: "", lane: 0 };
  const before = state.get().codings;
  state.set({ codings: [...before, shown] });
  getSelection()?.removeAllRanges();
  try {
    const body = { theme, start: span.start, end: span.end, quote: "", site: page.sites.length > 1 ? page.sites[0] : "" };
    const made = await change("POST", `/api/sources/${encodeURIComponent(page.ref)}/codings`, body, Coded);
    state.set({ codings: state.get().codings.map((each) => (each.id === shown.id ? made.coding : each)), selected: null });
  } catch (error) {
    state.set({ codings: state.get().codings.filter((each) => each.id !== shown.id) });
    if (!(error instanceof Refusal)) throw error;
  }
}

async function pick() {
  if (!passage()) {
    tell("Choose a passage first: select words, or move with J and K.");
    return;
  }
  await code(await pickTheme(page.themes));
  byId("text").focus();
}

async function remove() {
  const { chosen, codings } = state.get();
  if (chosen === null) return;
  const done = await change("DELETE", `/api/codings/${chosen}`, null, Done).catch(() => null);
  if (done) {
    state.set({ codings: codings.filter((each) => each.id !== chosen), chosen: null });
    tell(done.told, { undo: true });
  }
}

const proposals = () => state.get().codings.filter((each) => each.state === "proposed").sort((a, b) => a.start - b.start);

/** @param {"accept" | "reject"} verdict */
async function decide(verdict) {
  const waiting = proposals();
  const coding = waiting.find((each) => each.id === state.get().chosen) ?? waiting[0];
  if (!coding) return;
  const done = await change("POST", `/api/codings/${coding.id}/${verdict}`, null, Coded);
  const kept = state.get().codings.filter((each) => each.id !== coding.id);
  state.set({ codings: verdict === "accept" ? [...kept, { ...done.coding, lane: coding.lane }] : kept });
  const next = proposals().find((each) => each.start >= coding.start) ?? proposals()[0];
  choose(next?.id ?? null);
}

/** @param {number | null} id */
function choose(id) {
  state.set({ chosen: id });
  const coding = state.get().codings.find((each) => each.id === id);
  if (coding) reveal(coding);
}

/** @param {ReturnType<typeof state.get>} now */
function drawPanel(now) {
  const coding = now.codings.find((each) => each.id === now.chosen);
  const waiting = proposals();
  const counts = new Map();
  for (const each of now.codings) counts.set(each.theme, (counts.get(each.theme) ?? 0) + 1);
  const recent = recentThemes();
  const theme = page.themes.find((each) => each.id === coding?.theme);
  render(html`
    ${coding ? html`<h2>Chosen passage</h2><div class="passage"><q>${text.words(coding)}</q><small>${theme?.path} · ${coding.coder} · ${coding.origin}${coding.reason ? ` · ${coding.reason}` : ""}</small></div>
      ${coding.state === "proposed" ? html`<p><button class="main" @click=${() => decide("accept")}>Accept <kbd>Y</kbd></button> <button @click=${() => decide("reject")}>Reject <kbd>N</kbd></button></p>` : html`<p><button @click=${remove}>Remove <kbd>Del</kbd></button></p>`}` : ""}
    ${waiting.length ? html`<h2>Proposals · ${waiting.length} in this source</h2><p><button @click=${() => choose(waiting[0].id)}>Decide one after another <kbd>P</kbd></button></p>` : ""}
    <h2>Codebook</h2>
    <ul class="themes">${page.themes.map((each) => html`<li data-depth=${each.depth}><span class="swatch ${each.look}"></span><span>${each.label}</span>${recent.indexOf(each.id) >= 0 ? html`<kbd>${recent.indexOf(each.id) + 1}</kbd>` : ""}<span class="count">${counts.get(each.id) ?? ""}</span></li>`)}</ul>`, byId("panel"));
  byId("panel").querySelectorAll("[data-depth]").forEach((item) => /** @type {HTMLElement} */ (item).style.setProperty("--depth", /** @type {HTMLElement} */ (item).dataset.depth ?? "0"));
}

state.subscribe((now, before) => {
  if (now.codings !== before.codings) painter.paint(now.codings);
  const coding = now.codings.find((each) => each.id === now.chosen) ?? null;
  painter.mark("chosen", coding);
  painter.mark("cursor", now.selected ? null : passage());
  document.querySelectorAll('.stripe[aria-pressed="true"]').forEach((stripe) => stripe.setAttribute("aria-pressed", "false"));
  if (coding) document.querySelectorAll(`.stripe[data-coding="${coding.id}"]`).forEach((stripe) => stripe.setAttribute("aria-pressed", "true"));
  const place = text.nodes[text.blockAt(passage()?.start ?? 0)].parentElement?.title ?? "";
  byId("place").textContent = now.segment < 0 ? `${page.segments.length} segments` : `segment ${now.segment + 1} of ${page.segments.length} · ${place}`;
  drawPanel(now);
});

document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  const range = chosen?.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
  const span = range && byId("text").contains(range.commonAncestorContainer) ? text.span(range) : null;
  if (span || state.get().selected) state.set({ selected: span });
});
byId("text").addEventListener("click", (event) => {
  const id = event.target instanceof HTMLElement ? event.target.dataset.coding : undefined;
  if (id) choose(Number(id));
});
listen({
  next: () => step(1), previous: () => step(-1), longer: () => extend(1), shorter: () => extend(-1), pick, remove,
  accept: () => decide("accept"), reject: () => decide("reject"), proposals: () => choose(proposals()[0]?.id ?? null),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [`recent${number}`, () => code(recentThemes()[number - 1] ?? null)])),
});
journal.addEventListener("news", async () => {
  state.set({ codings: (await ask(`/api/sources/${encodeURIComponent(page.ref)}/codings`, ReaderCodings)).codings });
});
painter.paint(page.codings);
state.set({});

/** Show what the address names: `#coding=12`, or `#at=340` for a place in the text. */
function followAddress() {
  const [what, number] = location.hash.slice(1).split("=");
  if (what === "coding") choose(Number(number));
  if (what === "at") {
    const segment = page.segments.findIndex(([, end]) => end > Number(number));
    if (segment >= 0) { state.set({ segment: segment - 1 }); step(1); }
  }
}
window.addEventListener("hashchange", followAddress);
if (location.hash) followAddress();
