// @ts-check
// Where a key leads in the tree, and where a theme goes when it is moved by one.

import { childrenOf } from "./tree.js";

/** @typedef {ReturnType<typeof import("../payloads/codebook.js").ThemeNode>} Theme */
/** @typedef {"up" | "down" | "first" | "last" | "unfold" | "fold"} Step */

/**
 * @param {import("./tree.js").Shown} shown
 * @param {readonly Theme[]} visible
 * @param {Step} way
 * @returns {{ select?: string, fold?: string }} The theme to go to, or to fold or unfold.
 */
export function findStep(shown, visible, way) {
  const at = visible.findIndex((theme) => theme.id === shown.selected), theme = visible[at];
  if (!theme) return { select: visible[0]?.id };
  const below = childrenOf(shown.themes, theme.id), isFolded = shown.folded.has(theme.id);
  if (way === "unfold") return isFolded ? { fold: theme.id } : { select: below[0]?.id };
  if (way === "fold") return below.length && !isFolded ? { fold: theme.id } : { select: theme.parent || undefined };
  const to = { up: at - 1, down: at + 1, first: 0, last: visible.length - 1 }[way];
  return { select: visible[to]?.id };
}

/**
 * @param {readonly Theme[]} themes @param {Theme} theme @param {"up" | "down" | "in" | "out"} way
 * @returns {{ parent: string, before: string } | null} The new place, null where there is none that way.
 */
export function placeOf(themes, theme, way) {
  const siblings = childrenOf(themes, theme.parent), at = siblings.findIndex((each) => each.id === theme.id);
  if (way === "up") return at > 0 ? { parent: theme.parent, before: siblings[at - 1].id } : null;
  if (way === "down") return at < siblings.length - 1 ? { parent: theme.parent, before: siblings[at + 2]?.id ?? "" } : null;
  if (way === "in") return at > 0 ? { parent: siblings[at - 1].id, before: "" } : null;
  const parent = themes.find((each) => each.id === theme.parent);
  if (!parent) return null;
  const aunts = childrenOf(themes, parent.parent);
  return { parent: parent.parent, before: aunts[aunts.findIndex((each) => each.id === parent.id) + 1]?.id ?? "" };
}
