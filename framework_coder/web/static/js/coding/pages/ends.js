// @ts-check
// The ends of the chosen coding on pages: which place of the text a point means, and where a handle stands.

import { boxesOf } from "./boxes.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

/** @param {() => Iterable<Sheet>} sheets Those near the window. @param {(event: MouseEvent) => import("./picking.js").Spot | null} spotAt @returns {import("../handles.js").Board} */
export const pageBoard = (sheets, spotAt) => ({
  offset(event, end) {
    const spot = spotAt(event);
    if (!spot) return null;
    const { word, x } = spot, share = Math.max(0, Math.min(1, (x - word.x0) / Math.max(1, word.x1 - word.x0)));
    return event.altKey ? word.start + Math.round(share * (word.end - word.start)) : word[end];
  },
  put(handle, coding, end, isDragged) {
    const at = coding && (end === "start" ? coding.start : coding.end - 1);
    const sheet = at === null ? undefined : [...sheets()].find((each) => each.meets({ start: at, end: at + 1 }));
    const boxes = coding && sheet ? boxesOf(sheet.lines(), coding) : [];
    if (!sheet || !boxes.length) { if (!isDragged) handle.remove(); return; }
    const { width, height } = sheet.outline, box = boxes[end === "start" ? 0 : boxes.length - 1];
    handle.style.cssText = `left:${(100 * (end === "start" ? box.x0 : box.x1)) / width}%;top:${(100 * box.top) / height}%;height:${(100 * (box.bottom - box.top)) / height}%`;
    if (handle.parentElement !== sheet.paper) sheet.paper.append(handle);
  },
});
