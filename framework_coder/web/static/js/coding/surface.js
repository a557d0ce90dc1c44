// @ts-check
// Where one reads: the text, or the pages where only these are shown.

/** Put the focus there, without scrolling. */
export function toSurface() {
  const text = document.getElementById("text"), pages = document.getElementById("pages");
  (text?.checkVisibility() ? text : pages)?.focus({ preventScroll: true });
}
