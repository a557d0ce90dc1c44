// @ts-check
// Findings: write, reword, order, delete; rest them on claims that are found by typing.

import "./explore.js";
import { change, Refusal } from "../lib/api.js";
import { askWords } from "../lib/dialogs.js";
import { askNews, tell } from "../lib/page.js";
import { refreshed } from "../lib/refresh.js";
import { listen } from "../lib/shortcuts.js";
import { Done } from "../payloads/base.js";
import { pickClaims } from "./claims.js";

/** @param {string} method @param {string} path @param {unknown} body @param {boolean} [mayUndo] */
async function send(method, path, body, mayUndo = false) {
  const done = await change(method, `/api/findings${path}`, body, Done);
  tell(done.told, { undo: mayUndo });
  await askNews();
}

/** @param {Promise<unknown>} sent A refusal was told already. */
const calmly = (sent) => sent.catch((error) => { if (!(error instanceof Refusal)) throw error; });

async function add() {
  const statement = await askWords({ title: "Write a finding", label: "A statement across sites, in your words", take: "Add" });
  if (statement) calmly(send("POST", "", { statement }));
}

/** @param {HTMLElement} item */
const pathOf = (item) => `/${item.dataset.finding}`;

/** @param {HTMLElement} item @param {string} [text] What was typed, where somebody else changed the statement meanwhile. */
async function reword(item, text) {
  const was = item.querySelector("h2")?.textContent ?? "";
  const told = text === undefined ? undefined : `It reads now: “${was}”.`;
  const statement = await askWords({ title: "Reword the finding", label: "Statement", take: "Save", text: text ?? was, told });
  if (!statement || statement === was) return;
  try {
    await send("PATCH", pathOf(item), { statement, was });
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 409) return;
    await askNews();
    await refreshed();
    const again = document.querySelector(`[data-finding="${item.dataset.finding}"]`);
    if (again instanceof HTMLElement) reword(again, statement);
  }
}

/** @param {HTMLElement} item */
async function comment(item) {
  const text = item.querySelector(":scope > p.soft")?.textContent ?? "";
  const given = await askWords({ title: "Comment on the finding", label: "Comment", take: "Save", text, mayBeEmpty: true });
  if (given !== null) calmly(send("PATCH", pathOf(item), { comment: given }));
}

/** @param {HTMLElement} item @param {string} role */
async function link(item, role) {
  const claims = await pickClaims(role);
  if (claims.length) calmly(send("POST", `${pathOf(item)}/claims`, { claims, role }));
}

/** @param {HTMLElement} item @param {number} by */
const move = (item, by) => calmly(send("PUT", `${pathOf(item)}/place`, { place: Number(item.dataset.place) + by }));

/** @type {Record<string, (item: HTMLElement, value: string) => unknown>} What the buttons of a finding do, by their data attribute. */
const BUTTONS = {
  link, edit: (item) => reword(item), comment, up: (item) => move(item, -1), down: (item) => move(item, 1),
  delete: (item) => calmly(send("DELETE", pathOf(item), null, true)),
  unlink: (item, claim) => calmly(send("DELETE", `${pathOf(item)}/claims/${claim}`, null, true)),
};

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("button")) : null;
  if (button?.id === "add-finding") add();
  const item = /** @type {HTMLElement | null} */ (button?.closest("[data-finding]") ?? null);
  const name = Object.keys(BUTTONS).find((each) => button && each in button.dataset);
  if (button && item && name) BUTTONS[name](item, button.dataset[name] ?? "");
});

/** @returns {HTMLElement | null} */
const current = () => /** @type {HTMLElement | null} */ (document.activeElement?.closest("[data-finding]") ?? null);
/** @param {(item: HTMLElement) => unknown} act */
const onCurrent = (act) => () => { const item = current(); if (item) act(item); };
listen({ write: add, edit: onCurrent((item) => reword(item)), link: onCurrent((item) => link(item, "supports")), remove: onCurrent((item) => BUTTONS.delete(item, "")) });
