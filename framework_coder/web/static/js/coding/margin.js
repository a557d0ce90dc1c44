// @ts-check
// The margin of a part: a stripe for each coding, as a button, and the labels beside them, which never collide.

/** @typedef {import("./painter.js").Painted} Painted */
/** @typedef {{ painted: Painted, top: number, height: number, name: string, told: string, look: string }} Placed */

const LABEL_HEIGHT = 17, FURTHEST = 36, LANE = 8, LEAST_STRIPE = 11;

/** @param {HTMLElement} margin @param {readonly Placed[]} placed In the order of the text. @param {number} height Of the margin. */
export function drawMargin(margin, placed, height) {
  const lanes = Math.max(0, ...placed.map(({ painted }) => painted.lane)) + 1;
  margin.replaceChildren(...placed.map(drawStripe), ...placeLabels(placed, height).map((label) => drawLabel(label, lanes)));
}

/** @param {Placed} placed @returns {HTMLElement} */
function drawStripe({ painted: { coding, lane }, top, height, told, look }) {
  const stripe = document.createElement("button");
  stripe.type = "button";
  stripe.className = `stripe ${look} ${coding.state}`;
  stripe.dataset.coding = String(coding.id);
  stripe.tabIndex = -1;
  stripe.title = told;
  stripe.setAttribute("aria-label", told);
  stripe.setAttribute("aria-pressed", "false");
  stripe.style.cssText = `top:${top}px;height:${Math.max(height, LEAST_STRIPE)}px;left:${lane * LANE}px`;
  return stripe;
}

/** @typedef {{ top: number, names: Map<string, number>, look: string, coding: number, state: string, told: string[] }} Label */

/** @param {readonly Placed[]} placed @param {number} height @returns {Label[]} One under the other; what would stand too far from its stripe joins the one above. */
function placeLabels(placed, height) {
  /** @type {Label[]} */
  const labels = [];
  for (const { painted: { coding }, top, name, told, look } of [...placed].sort((one, other) => one.top - other.top)) {
    const last = labels[labels.length - 1], free = last ? last.top + LABEL_HEIGHT : 0, at = Math.max(top, free);
    const isAgain = last && last.look === look && last.state === coding.state && Math.abs(last.top - top) < LABEL_HEIGHT;
    if (last && (isAgain || at - top > FURTHEST || at + LABEL_HEIGHT > height)) {
      last.names.set(name, (last.names.get(name) ?? 0) + 1);
      last.told.push(told);
    } else {
      const fit = Math.max(0, Math.min(at, height - LABEL_HEIGHT));
      labels.push({ top: fit, names: new Map([[name, 1]]), look, coding: coding.id, state: coding.state, told: [told] });
    }
  }
  return labels;
}

/** @param {Label} label @param {number} lanes @returns {HTMLElement} */
function drawLabel(label, lanes) {
  const name = document.createElement("span");
  name.className = `name ${label.look} ${label.state}`;
  name.dataset.coding = String(label.coding);
  name.title = label.told.join("\n");
  name.textContent = [...label.names].map(([text, times]) => (times > 1 ? `${text} ×${times}` : text)).join(" · ");
  name.setAttribute("aria-hidden", "true");
  name.style.cssText = `top:${label.top}px;left:${lanes * LANE + 4}px`;
  return name;
}
