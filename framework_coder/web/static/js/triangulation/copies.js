// @ts-check
// Sources that are alike: the passages that they share side by side; one origin, or kept apart with a reason.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { ask, change } from "../lib/api.js";
import { makeCursor } from "../lib/cursor.js";
import { askWords } from "../lib/dialogs.js";
import { askNews, byId, tell } from "../lib/page.js";
import { keepFresh } from "../lib/refresh.js";
import { listen } from "../lib/shortcuts.js";
import { Done } from "../payloads/base.js";
import { Likeness } from "../payloads/triangulation.js";

/** @typedef {ReturnType<typeof Likeness>["pairs"][number]} Pair */

const SHOWN = 3;
/** @type {Pair[]} */
let pairs = [];

/** @param {string} ref @param {number} [at] */
const link = (ref, at) => html`<a href="/sources/${encodeURIComponent(ref)}${at === undefined ? "" : `#at=${at}`}">${ref}</a>`;

/** @param {Pair} pair */
function drawPair(pair) {
  return html`<li class="item" tabindex="-1" data-copy=${pair.copy_ref} data-root=${pair.root_ref}>
    <p class="what"><b>${link(pair.copy_ref)} ${pair.copy_title}</b> probably copies <b>${link(pair.root_ref)} ${pair.root_title}</b></p>
    <p class="soft">${pair.share_of_copy} % of ${pair.copy_ref} is in ${pair.root_ref}; ${pair.share_of_root} % of ${pair.root_ref} is in ${pair.copy_ref}. This way round because ${pair.why}.</p>
    ${pair.passages.slice(0, SHOWN).map((each) => html`<div class="sides"><div class="passage loose"><q>${each.copy_quote}</q><small>${link(pair.copy_ref, each.copy_start)}</small></div><div class="passage loose"><q>${each.root_quote}</q><small>${link(pair.root_ref, each.root_start)}</small></div></div>`)}
    ${pair.passages.length > SHOWN ? html`<p class="soft">and ${pair.passages.length - SHOWN} more shared ${pair.passages.length - SHOWN === 1 ? "passage" : "passages"}</p>` : nothing}
    <p class="buttons"><button type="button" class="main" @click=${() => derive(pair.copy_ref, pair.root_ref)}>${pair.copy_ref} derives from ${pair.root_ref} <kbd>C</kbd></button>
      <button type="button" @click=${() => derive(pair.root_ref, pair.copy_ref)}>The other way round</button>
      <button type="button" @click=${() => keepApart(pair)}>Keep apart … <kbd>A</kbd></button></p></li>`;
}

function draw() {
  render(pairs.length ? html`<p class="soft">${pairs.length} ${pairs.length === 1 ? "pair shares" : "pairs share"} passages. Until you decide, each counts as an origin of its own.</p><ul class="items">${pairs.map(drawPair)}</ul>`
    : html`<p class="empty">No two sources share passages that are not decided on.</p>`, byId("found"));
}

/** @param {string} copy_ref @param {string} root_ref */
async function derive(copy_ref, root_ref) {
  const done = await change("POST", "/api/derivations", { copy_ref, root_ref }, Done).catch(() => null);
  if (done) settle(done.told, copy_ref, root_ref);
}

/** @param {Pair} pair */
async function keepApart(pair) {
  const reason = await askWords({ title: `Keep ${pair.copy_ref} and ${pair.root_ref} apart`, label: "Why are they not copies?", take: "Keep apart" });
  if (!reason) return;
  const done = await change("POST", "/api/separations", { one: pair.copy_ref, other: pair.root_ref, reason }, Done).catch(() => null);
  if (done) settle(done.told, pair.copy_ref, pair.root_ref);
}

/** @param {string} told @param {string} one @param {string} other */
function settle(told, one, other) {
  tell(told, { undo: true });
  pairs = pairs.filter((pair) => ![one, other].every((ref) => ref === pair.copy_ref || ref === pair.root_ref));
  draw();
  askNews();
}

keepFresh();
const cursor = makeCursor(".item");
const current = () => pairs.find((pair) => pair.copy_ref === cursor.current()?.dataset.copy && pair.root_ref === cursor.current()?.dataset.root);
document.addEventListener("click", async (event) => {
  const button = event.target instanceof HTMLElement ? event.target.closest("button") : null;
  if (!button?.dataset.underive) return;
  const done = await change("DELETE", `/api/derivations/${encodeURIComponent(button.dataset.underive)}/${encodeURIComponent(button.dataset.root ?? "")}`, null, Done).catch(() => null);
  if (done) { tell(done.told, { undo: true }); askNews(); }
});
listen({
  next: cursor.next, previous: cursor.previous, open: cursor.open,
  confirm: () => { const pair = current(); if (pair) derive(pair.copy_ref, pair.root_ref); },
  apart: () => { const pair = current(); if (pair) keepApart(pair); },
});
ask("/api/likeness", Likeness).finally(() => byId("found").replaceChildren()).then((found) => { pairs = found.pairs; draw(); }, (error) => render(html`<p class="refusal" role="alert">${error.message}</p>`, byId("found")));
