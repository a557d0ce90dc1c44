// @ts-check
// Type-ahead in the grid while no cell is open: letters go to the theme or the site whose name begins so. A letter
// that nothing begins with, and G, are shortcuts as always.

/** @typedef {{ site: string, theme: string }} Names */

const FORGOTTEN_AFTER = 900;
const FIRST = /^[\p{L}]$/u, LATER = /^[\p{L}\p{N} -]$/u;

/**
 * @param {import("./words.js").Page} page
 * @param {Names} now Where one is.
 * @param {string} typed In small letters.
 * @returns {Names | null} The next place whose theme, or else whose site, begins so.
 */
export function placeTyped(page, now, typed) {
  /** @template T @param {readonly T[]} all @param {(each: T) => boolean} isHere @param {(each: T) => string[]} names */
  const next = (all, isHere, names) => {
    const from = all.findIndex(isHere) + (typed.length > 1 ? 0 : 1); // more letters of the same name stay there
    return [...all.slice(from), ...all.slice(0, from)].find((each) => names(each).some((name) => name.toLowerCase().startsWith(typed)));
  };
  const theme = next(page.themes, (each) => each.id === now.theme, (each) => [each.label]);
  if (theme) return { ...now, theme: theme.id };
  const site = next(page.sites, (each) => each.code === now.site, (each) => [each.code, each.name]);
  return site ? { ...now, site: site.code } : null;
}

/** @param {HTMLElement} wrap @param {() => boolean} isFree Whether letters are not shortcuts of an open cell. @param {() => import("./words.js").Page} page @param {() => Names | null} at @param {(to: Names) => void} go */
export function watchTyping(wrap, isFree, page, at, go) {
  let typed = "", last = 0;
  wrap.addEventListener("keydown", (event) => {
    if (event.timeStamp - last > FORGOTTEN_AFTER) typed = "";
    const isMeant = (typed ? LATER : FIRST).test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isMeant || !isFree() || (!typed && event.key.toLowerCase() === "g")) return;
    const now = at(), to = now && placeTyped(page(), now, typed + event.key.toLowerCase());
    if (!to && !typed) return;
    event.preventDefault();
    last = event.timeStamp;
    if (!to) return;
    typed += event.key.toLowerCase();
    go(to);
  });
}
