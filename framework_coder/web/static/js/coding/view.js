// @ts-check
// The view of the reader as a function of its state: paint, marks, handles, panel, filters, the line at the foot.

import { makeOutline } from "./beside.js";

/**
 * @param {import("./reading.js").Page} page
 * @param {import("./reading.js").Reading} reading
 * @param {ReturnType<typeof import("./offsets.js").makeText>} text
 * @param {ReturnType<typeof import("./painter.js").makePainter>} painter
 * @param {{ place: () => void }} handles
 * @param {{ draw: () => void }[]} others Drawn after the text, when the browser has time for them.
 */
export function makeView(page, reading, text, painter, handles, others) {
  const place = /** @type {HTMLElement} */ (document.getElementById("place"));
  const examined = /** @type {HTMLElement} */ (document.getElementById("examined"));
  const outline = makeOutline();
  /** @type {HTMLElement | null} */
  let box = null;
  let isWaiting = false;

  /** @param {import("./reading.js").State} now */
  function drawCursor(now) {
    const span = reading.passage(), coding = reading.chosen();
    const isNative = now.selected !== null && !(getSelection()?.isCollapsed ?? true);
    painter.mark("cursor", span && !isNative && !coding ? [span] : []);
    painter.mark("chosen", coding ? [coding] : []);
    painter.choose(coding ? [coding.id] : []);
    const element = span && text.element(text.blockAt(span.start));
    if (element !== box) {
      box?.classList.remove("at");
      element?.classList.add("at");
      box = element;
    }
    const at = element?.dataset.place ?? "", count = page.segments.length.toLocaleString("en-GB");
    place.textContent = span ? `segment ${(reading.segmentAt(span.start) + 1).toLocaleString("en-GB")} of ${count}${at ? ` · ${at}` : ""}` : `${count} segments`;
  }

  function drawOthers() {
    isWaiting = false;
    const now = reading.get();
    for (const other of others) other.draw();
    outline.count(now.codings);
    outline.mark(reading.passage()?.start ?? -1);
    const leaves = now.themes.filter((theme) => theme.is_active && theme.is_leaf);
    const done = leaves.filter((theme) => now.examined.includes(theme.id)).length;
    examined.textContent = `Examined for ${done} of ${leaves.length} themes`;
  }

  painter.onDrawn(handles.place);
  reading.subscribe((now, before) => {
    if (now.codings !== before.codings || now.filter !== before.filter || now.peek !== before.peek) painter.paint(reading.shown());
    if (now.themes !== before.themes) painter.redraw();
    drawCursor(now);
    handles.place();
    if (!isWaiting) { isWaiting = true; requestAnimationFrame(() => setTimeout(drawOthers)); } // the text first
  });
}
