// @ts-check
// A cursor over the items of a list: keys go from one to the next, and Enter opens its first link.

/** @param {string} items What an item is, as a selector; each can take the focus (tabindex -1 or 0). */
export function makeCursor(items) {
  const all = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(items)].filter((item) => item instanceof HTMLElement && item.offsetParent !== null));
  const current = () => /** @type {HTMLElement | null} */ (document.activeElement?.closest(items) ?? null);

  /** @param {HTMLElement | undefined} item */
  function focus(item) {
    if (!item) return;
    document.querySelectorAll(`${items}[tabindex="0"]`).forEach((each) => each.setAttribute("tabindex", "-1"));
    item.setAttribute("tabindex", "0");
    item.focus();
    item.scrollIntoView({ block: "nearest" });
  }
  /** @param {number} by */
  function step(by) {
    const found = all(), at = current();
    focus(at ? found[Math.max(0, Math.min(found.indexOf(at) + by, found.length - 1))] : found[0]);
  }
  document.querySelector(items)?.setAttribute("tabindex", "0");
  return {
    all, current, focus,
    next: () => step(1),
    previous: () => step(-1),
    open: () => /** @type {HTMLElement | null | undefined} */ (current()?.querySelector("a[href]"))?.click(),
  };
}
