// @ts-check
// The tour: a card that goes from screen to screen and points at what matters; keys work as always meanwhile.

import { html, render } from "../../vendor/lit-html.js";

/** @typedef {{ address: string, at: string, title: string, told: string }} Stop `at` is what the card points at. */

/** @type {readonly Stop[]} */
export const STOPS = [
  { address: "/", at: ".needs", title: "Home", told: "What needs attention comes first: each line leads to the claims, cells or sources that it counts. Below are the sources collected and examined, site by site." },
  { address: "/sources", at: "main h1", title: "Sources", told: "Everything that was collected, with its method, date and origin. Origins matter: two sources of one origin are one voice." },
  { address: "/matrix", at: ".grid td", title: "Matrix", told: "One row a site, one column a theme. The letter says how the weakest key claim of a cell stands; the small lamps say what questionnaire, documents and meetings contribute. Arrows move, Enter opens a cell." },
  { address: "/matrix", at: ".legend, .grid thead", title: "States", told: "An empty cell says why it is empty: examined and silent, not examined, not collected, coded but not charted. Only the first is a result." },
  { address: "/triangulation", at: ".queues nav", title: "Triangulation", told: "Claims that are contested, rest on one source, or whose sources share an origin wait here. J and K go through them, W shows why with the passages, D decides." },
  { address: "/explore/crosstab", at: ".tools-bar", title: "Explore", told: "Count across sites: every number is a list of sites, and opens its passages." },
  { address: "/journal", at: "main h1", title: "Journal", told: "Every change is here, by whom and when, and can be taken back. Ctrl+Z undoes your last one on any screen. ? lists the keys of each screen." },
];

const STEP = "tour-step", SEEN = "tour-seen";

/** @param {number} step */
function go(step) {
  const stop = STOPS[step];
  if (!stop) return end();
  sessionStorage.setItem(STEP, String(step));
  if (location.pathname === stop.address) draw(step);
  else location.href = stop.address;
}

function end() {
  sessionStorage.removeItem(STEP);
  localStorage.setItem(SEEN, "yes");
  document.getElementById("tour")?.remove();
  document.querySelector(".toured")?.classList.remove("toured");
}

export function startTour() {
  go(0);
}

/** @param {number} step */
function draw(step) {
  const stop = STOPS[step], place = document.getElementById("tour") ?? document.createElement("aside");
  place.id = "tour";
  place.className = "tour";
  place.setAttribute("aria-label", "Tour");
  document.querySelector(".toured")?.classList.remove("toured");
  const target = document.querySelector(stop.at);
  target?.classList.add("toured");
  target?.scrollIntoView({ block: "nearest" });
  render(html`<h2>${stop.title} <small>${step + 1} of ${STOPS.length}</small></h2><p>${stop.told}</p>
    <p class="buttons"><button type="button" class="main" id="tour-next" @click=${() => go(step + 1)}>${step + 1 < STOPS.length ? "Next" : "Done"}</button>
      ${step ? html`<button type="button" @click=${() => go(step - 1)}>Back</button>` : ""} <button type="button" class="plain" @click=${end}>End the tour</button></p>`, place);
  document.body.append(place);
  document.getElementById("tour-next")?.focus({ preventScroll: true });
}

/** Go on with a tour that is under way, if this is the page of its stop. */
export function resumeTour() {
  const step = Number(sessionStorage.getItem(STEP) ?? -1);
  if (STOPS[step]?.address === location.pathname) draw(step);
}

/** Offer the tour once, without being in the way. */
export function inviteToTour() {
  if (localStorage.getItem(SEEN) || sessionStorage.getItem(STEP) !== null) return;
  const place = document.createElement("aside");
  place.id = "tour";
  place.className = "tour";
  place.setAttribute("aria-label", "Tour");
  render(html`<h2>New here?</h2><p>A tour of two minutes shows the screens one after another.</p>
    <p class="buttons"><button type="button" class="main" @click=${startTour}>Take the tour</button> <button type="button" class="plain" @click=${end}>No, thanks</button></p>`, place);
  document.body.append(place);
}
