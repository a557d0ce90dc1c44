// @ts-check
// Where one is in a source: `#coding=12` and `#at=340` in the address, and the place of the last visit in this tab.

/** @typedef {{ segment: number, top: number, offset: number }} Visit */

/** @returns {{ coding?: number, at?: number }} What the address names. */
export function readAddress() {
  const [what, number] = location.hash.slice(1).split("=");
  return (what === "coding" || what === "at") && /^\d+$/.test(number ?? "") ? { [what]: Number(number) } : {};
}

/** @param {string} ref @returns {Visit | null} */
export function lastVisit(ref) {
  try {
    return JSON.parse(sessionStorage.getItem(`visit ${ref}`) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} ref @param {Visit} visit */
export function rememberVisit(ref, visit) {
  sessionStorage.setItem(`visit ${ref}`, JSON.stringify(visit));
}

/** @param {"prev" | "next"} which Go to the source before or after this one. */
export function toSource(which) {
  /** @type {HTMLAnchorElement | null} */ (document.querySelector(`.beside a[rel="${which}"]`))?.click();
}
