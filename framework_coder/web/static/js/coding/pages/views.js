// @ts-check
// The switch between text, page and both; the tab remembers what was chosen.

import { byId, tell } from "../../lib/page.js";
import { toSurface } from "../surface.js";

/** @typedef {"text" | "page" | "both"} View */

const VIEWS = /** @type {const} */ (["text", "page", "both"]);

/** @param {(view: View) => void} change Called when another view is shown. */
export function makeViews(change) {
  const bar = byId("views"), why = bar.dataset.why ?? "";
  const middle = /** @type {HTMLElement} */ (byId("text").parentElement), reader = /** @type {HTMLElement} */ (middle.parentElement);
  /** @type {View} */
  let view = "text";

  /** @param {View} next */
  function show(next) {
    if (why && next !== "text") {
      tell(why);
      return;
    }
    view = next;
    sessionStorage.setItem("view", view);
    middle.dataset.view = reader.dataset.view = view;
    byId("pages").hidden = view === "text";
    for (const button of bar.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
    change(view);
    toSurface();
  }

  bar.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button) show(/** @type {View} */ (button.dataset.view));
  });
  return {
    /** Show what this tab showed last. */
    restore() {
      const last = VIEWS.find((each) => each === sessionStorage.getItem("view"));
      if (last && last !== "text" && !why) show(last);
    },
    next: () => show(VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length]),
    show,
    isShown: () => view !== "text",
    isBoth: () => view === "both",
  };
}
