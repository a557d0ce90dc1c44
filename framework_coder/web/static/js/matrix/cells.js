// @ts-check
// The open cell: asked for, shown, left; claims chosen and written; a passage looked at in its place.

import { nothing, render } from "../../vendor/lit-html.js";
import { ask } from "../lib/api.js";
import { tell } from "../lib/page.js";
import { CellDrawer } from "../payloads/cells.js";
import { addressOf, makeActions } from "./actions.js";
import { askReason, showHistory } from "./asking.js";
import { listDrafts } from "../lib/drafts.js";
import { openEditor } from "./editor.js";
import { showPeek } from "./peek.js";

/** @typedef {import("./words.js").Cell} Cell */
/** @typedef {import("./words.js").Claim} Claim */
/** @typedef {import("./words.js").State} State */

const EMPTY = { text: "", kind: "fact", is_key: false, quotation: "", comment: "", values: [] };

/** @param {HTMLElement} drawer @param {{ get: () => State, set: (part: Partial<State>) => void }} store @param {{ leave: () => void, step: (by: number) => void }} grid */
export function makeCells(drawer, store, grid) {
  /** @type {{ cursor: () => number, leave: () => void, isChanged: () => boolean } | null} */
  let editor = null;
  let asked = 0;
  const cellNow = () => store.get().cell;
  const peek = () => /** @type {HTMLElement} */ (drawer.querySelector("#peek"));
  /** @type {HTMLElement | null} What had the focus before a passage was looked at. */
  let before = null;

  /** @param {Cell} cell */
  function show(cell) {
    const { claim, cell: shown } = store.get();
    if (shown && (shown.site.code !== cell.site.code || shown.theme.id !== cell.theme.id)) return; // one has moved on
    store.set({ cell, claim: cell.claims.some((each) => each.id === claim) ? claim : (cell.claims.at(-1)?.id ?? null) });
  }
  const changes = makeActions(show, cellNow);

  /** Open a cell, or ask anew for the one that is open. @param {string} site @param {string} theme */
  async function open(site, theme) {
    const shown = cellNow(), ours = (asked += 1);
    const isSame = shown?.site.code === site && shown.theme.id === theme;
    const cell = await ask(`/api/cells/${encodeURIComponent(site)}/${encodeURIComponent(theme)}`, CellDrawer);
    if (ours !== asked) return;
    if (!isSame) leaveParts();
    const claim = cell.claims.find((each) => each.id === store.get().claim) ?? cell.claims[0];
    store.set({ isOpen: true, cell, claim: claim?.id ?? null });
    if (!isSame) takeUp(cell);
  }

  /** Go on with a text that was not saved. @param {Cell} cell */
  function takeUp(cell) {
    const key = listDrafts(`claim:${cell.site.code}/${cell.theme.id}:`)[0];
    if (!key) return;
    const number = Number(key.split(":").at(-1));
    const claim = cell.claims.find((each) => each.id === number);
    if (number && !claim) return;
    store.set({ claim: claim?.id ?? store.get().claim });
    compose(claim ?? null);
    tell("What you were writing here is still there; it is not saved yet.");
  }

  function leaveParts() {
    editor = null;
    for (const place of drawer.querySelectorAll("#editor-new, .claim .editor")) if (place.id) render(nothing, /** @type {HTMLElement} */ (place));
    peek().hidden = true;
  }

  function close() {
    if (!peek().hidden) return closePeek();
    leaveParts();
    store.set({ isOpen: false, cell: null });
    grid.leave();
  }

  function closePeek() {
    peek().hidden = true;
    if (before?.isConnected) before.focus();
    else drawer.querySelector(".pick")?.dispatchEvent(new Event("focus"));
  }

  /** @param {Claim | null} claim A claim to edit, or null to write a new one. */
  function compose(claim) {
    const cell = cellNow();
    if (!cell) return;
    const place = /** @type {HTMLElement} */ (drawer.querySelector(claim ? `#editor-${claim.id}` : "#editor-new"));
    const start = claim ? { text: claim.paragraph, kind: claim.kind, is_key: claim.is_key, quotation: claim.quotation, comment: claim.comment, values: claim.values } : EMPTY;
    const edition = claim?.edition ?? "";
    editor = openEditor(place, {
      draft: `claim:${cell.site.code}/${cell.theme.id}:${claim?.id ?? "new"}`,
      start,
      label: claim ? "The claim with its citations" : "A new claim with its citations; an empty line begins another",
      standing: () => cellNow()?.claims.find((each) => each.id === claim?.id)?.paragraph ?? "",
      address: (typed) => addressOf(cell, `/passages?typed=${encodeURIComponent(typed)}`),
      split: claim ? () => split(claim) : undefined,
      end: () => { editor = null; focusClaim(); },
      save: async (written, isOurs) => {
        const done = await (claim ? changes.rewrite(claim.id, { ...written, edition: isOurs ? "" : edition }) : changes.write(written));
        if (!claim) store.set({ claim: done.claims.at(-1)?.id ?? null });
      },
    });
  }

  /** @param {Claim} claim */
  async function split(claim) {
    if (editor?.isChanged()) return tell("Save the claim first, then split it.", { isRefused: true });
    const at = editor?.cursor() ?? 0;
    const done = await changes.split(claim, [...claim.paragraph.slice(0, at)].length);
    if (done) editor?.leave();
  }

  function focusClaim() {
    /** @type {HTMLElement | null} */ (drawer.querySelector(".claim.chosen .pick") ?? drawer.querySelector("#write"))?.focus();
  }

  const chosen = () => cellNow()?.claims.find((each) => each.id === store.get().claim) ?? null;

  const actions = {
    ...changes, close, compose,
    choose: (/** @type {number} */ claim) => store.set({ claim }),
    step: grid.step,
    markCell: async () => { const reason = await askReason(); if (reason) changes.mark(reason); },
    showHistory: (/** @type {Claim} */ claim) => { showHistory(claim.id); },
    noteMemo(/** @type {Claim | null} */ claim) {
      const details = drawer.querySelector(claim ? ".claim.chosen .memos" : "#around .memos");
      details?.setAttribute("open", "");
      /** @type {HTMLElement | null | undefined} */ ([...(details?.querySelectorAll('input[name="title"]') ?? [])].at(-1))?.focus();
    },
    async peek(/** @type {number} */ coding) {
      const cell = cellNow();
      if (document.activeElement instanceof HTMLElement && !peek().contains(document.activeElement)) before = document.activeElement;
      if (cell) await showPeek(peek(), coding, { site: cell.site.code, theme: cell.theme.id }, closePeek);
    },
  };
  return { actions, open, close, chosen, focusClaim, splitNow: () => { const claim = chosen(); if (claim && editor) split(claim); } };
}
