// @ts-check
// Handles at the ends of the chosen coding: dragged from word to word; Alt pressed meanwhile, from letter to letter.

/** @typedef {import("./reading.js").Coding} Coding */
/** @typedef {import("./reading.js").Span} Span */
/** @typedef {"start" | "end"} End */
/**
 * Where handles stand: `offset` is the place that an event means for an end; `put` shows a handle at an end, or takes
 * it away.
 * @typedef {{ offset: (event: PointerEvent, end: End) => number | null, put: (handle: HTMLElement, coding: Coding | null, end: End, isDragged: boolean) => void }} Board
 */

/**
 * @param {import("./reading.js").Reading} reading
 * @param {Board} board
 * @param {{ show: (coding: Coding) => void, save: (before: Coding, now: Span) => void }} does
 */
export function makeHandles(reading, board, does) {
  const handles = { start: make("start"), end: make("end") };
  /** @type {{ end: End, before: Coding, now: Span } | null} */
  let dragged = null;

  /** @param {End} end */
  function make(end) {
    const handle = document.createElement("span");
    handle.className = `handle ${end}`;
    handle.setAttribute("aria-hidden", "true"); // by keys: Alt and the arrows
    handle.addEventListener("pointerdown", (event) => begin(event, end));
    return handle;
  }

  /** @param {PointerEvent} event @param {End} end */
  function begin(event, end) {
    const before = reading.chosen();
    if (!before) return;
    event.preventDefault();
    handles[end].setPointerCapture(event.pointerId);
    dragged = { end, before, now: before };
    document.documentElement.classList.add("dragging");
    handles[end].onpointermove = move;
    handles[end].onpointerup = handles[end].onpointercancel = finish;
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (!dragged) return;
    const { before, end } = dragged, place = board.offset(event, end);
    if (place === null) return;
    const now = end === "start" ? { start: Math.min(place, before.end - 1), end: before.end } : { start: before.start, end: Math.max(place, before.start + 1) };
    if (now.start === dragged.now.start && now.end === dragged.now.end) return;
    dragged = { ...dragged, now };
    does.show({ ...before, ...now });
  }

  function finish() {
    if (!dragged) return;
    const { before, now } = dragged;
    dragged = null;
    document.documentElement.classList.remove("dragging");
    if (now.start !== before.start || now.end !== before.end) does.save(before, now);
  }

  return {
    /** Put the handles at the ends of the chosen coding, or away. */
    place() {
      const coding = reading.chosen();
      board.put(handles.start, coding, "start", dragged !== null);
      board.put(handles.end, coding, "end", dragged !== null);
    },
    isDragging: () => dragged !== null,
  };
}

/** @param {ReturnType<typeof import("./offsets.js").makeText>} text @param {ReturnType<typeof import("./words.js").makeWords>} words @returns {Board} The text. */
export const textBoard = (text, words) => ({
  offset(event, end) {
    const offset = text.offsetUnder(event.clientX, event.clientY);
    if (offset === null || event.altKey) return offset;
    const word = words.at(end === "end" ? Math.max(0, offset - 1) : offset); // an end stays with the word before it
    return word ? word[end] : offset;
  },
  put(handle, coding, end, isDragged) {
    const ranges = coding ? text.ranges(coding) : [], range = ranges[end === "start" ? 0 : ranges.length - 1];
    const part = range?.startContainer.parentElement?.closest(".part"), boxes = range?.getClientRects();
    if (!part || !boxes?.length) { if (!isDragged) handle.remove(); return; }
    const outer = part.getBoundingClientRect(), box = boxes[end === "start" ? 0 : boxes.length - 1];
    handle.style.cssText = `top:${box.top - outer.top}px;height:${box.height}px;left:${(end === "start" ? box.left : box.right) - outer.left}px`;
    if (handle.parentElement !== part) part.append(handle);
  },
});
