// @ts-check
// The parts of the text that are near the window: only these carry highlights and stripes.

/** @typedef {{ element: HTMLElement, margin: HTMLElement, start: number, end: number }} Part */
/** @typedef {ReturnType<typeof import("./offsets.js").makeText>} Text */

const NEAR = "80% 0px";

/**
 * @param {Text} text
 * @param {{ come: (parts: Part[]) => void, go: (part: Part) => void, change: () => void }} told `change`: the words run otherwise now.
 */
export function watchParts(text, told) {
  const root = /** @type {HTMLElement} */ (document.getElementById("text"));
  const firsts = [...root.querySelectorAll(".part")].map((element) => ({ element, first: element.querySelector("[data-block]") })).filter(({ first }) => first);
  /** @type {Map<Element, Part>} */
  const parts = new Map(firsts.map(({ element, first }, place) => {
    const number = Number(/** @type {HTMLElement} */ (first).dataset.block);
    const next = /** @type {HTMLElement | undefined} */ (firsts[place + 1]?.first);
    const last = next ? Number(next.dataset.block) - 1 : text.blocks.length - 1;
    const margin = /** @type {HTMLElement} */ (element.lastElementChild);
    return [element, { element: /** @type {HTMLElement} */ (element), margin, start: text.blocks[number].start, end: text.blocks[last].end }];
  }));
  /** @type {Set<Part>} */
  const near = new Set();
  const seen = new IntersectionObserver((entries) => {
    /** @type {Part[]} */
    const come = [];
    for (const { target, isIntersecting } of entries) {
      const part = /** @type {Part} */ (parts.get(target));
      if (isIntersecting && !near.has(part)) { near.add(part); come.push(part); }
      if (!isIntersecting && near.delete(part)) told.go(part);
    }
    if (come.length) told.come(come);
  }, { root, rootMargin: NEAR });
  for (const element of parts.keys()) seen.observe(element);

  let width = root.clientWidth;
  new ResizeObserver(() => {
    if (root.clientWidth === width) return;
    width = root.clientWidth;
    told.change();
  }).observe(root);

  return {
    near,
    /** @param {number} offset @returns {Part | undefined} The part that an offset is in. */
    at: (offset) => parts.get(/** @type {Element} */ (text.element(text.blockAt(offset)).closest(".part"))),
    /** @returns {Part[]} */
    all: () => [...parts.values()],
  };
}
