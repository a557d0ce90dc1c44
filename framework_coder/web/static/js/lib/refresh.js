// @ts-check
// Keep a page that the server draws fresh: when something changed, its content is put in place anew. Focus and
// scroll stay; while somebody types or answers a dialog it waits; what has `data-keep` is the script's own.

import { byId, journal } from "./page.js";

const ITEM = ".item";
let isWaiting = false;
/** @type {Promise<void>} */
let running = Promise.resolve();

/** Resolves when the refresh that is under way has ended. */
export const refreshed = () => running;

/** Whether somebody is typing, or answering a dialog. */
const isBusy = () => Boolean(document.querySelector("dialog[open]") || document.activeElement?.matches("input:not([type=checkbox]), textarea, select"));

/** @returns {number} Which item has the focus, -1 for none. */
const itemInFocus = () => [...document.querySelectorAll(ITEM)].findIndex((item) => item.contains(document.activeElement));

/** @param {number} place */
function focusItem(place) {
  const items = [...document.querySelectorAll(ITEM)], item = items[Math.min(place, items.length - 1)];
  document.querySelector(ITEM)?.setAttribute("tabindex", "0");
  if (place >= 0 && item instanceof HTMLElement) item.focus({ preventScroll: true });
}

/** @param {Document} made */
function putInPlace(made) {
  const here = byId("main"), there = made.getElementById("main");
  if (!there) return;
  for (const kept of here.querySelectorAll("[data-keep]")) there.querySelector(`#${kept.id}`)?.replaceWith(kept);
  here.replaceChildren(...there.childNodes);
}

/** @param {() => () => void} remember */
async function refresh(remember) {
  isWaiting = isBusy();
  if (isWaiting) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  isWaiting = isBusy();
  if (isWaiting) return;
  const place = itemInFocus(), top = window.scrollY, restore = remember();
  putInPlace(made);
  restore();
  focusItem(place);
  window.scrollTo({ top, behavior: "instant" });
}

/**
 * Refresh the page whenever the journal has news.
 * @param {() => () => void} [remember] Notes what the script has opened, and returns what opens it again.
 */
export function keepFresh(remember = () => () => {}) {
  const start = () => { running = refresh(remember); };
  journal.addEventListener("news", start);
  const later = () => setTimeout(() => isWaiting && start(), 50);
  document.addEventListener("focusout", later);
  document.addEventListener("close", later, true);
}
