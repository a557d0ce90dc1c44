// @ts-check
// Print the whole text with the labels of themes in its margin, as wide as a sheet.

/** @param {ReturnType<typeof import("./painter.js").makePainter>} painter */
export function preparePrinting(painter) {
  window.addEventListener("beforeprint", () => {
    document.documentElement.classList.add("on-paper");
    painter.drawAll();
  });
  window.addEventListener("afterprint", () => {
    document.documentElement.classList.remove("on-paper");
    painter.redraw();
  });
}
