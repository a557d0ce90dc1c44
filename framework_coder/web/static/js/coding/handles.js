// @ts-check
// Handles at the ends of the chosen coding: dragged from word to word; Alt pressed meanwhile, from letter to letter.

/** @typedef {import("./reading.js").Coding} Coding */
/** @typedef {import("./reading.js").Span} Span */

/**
 * @param {import("./reading.js").Reading} reading
 * @param {ReturnType<typeof import("./offsets.js").makeText>} text
 * @param {ReturnType<typeof import("./words.js").makeWords>} words
 * @param {{ show: (coding: Coding) => void, save: (before: Coding, now: Span) => void }} does
 */
export function makeHandles(reading, text, words, does) {
  const handles = { start: make("start"), end: make("end") };
  /** @type {{ end: "start" | "end", before: Coding, now: Span } | null} */
  let dragged = null;

  /** @param {"start" | "end"} end */
  function make(end) {
    const handle = document.createElement("span");
    handle.className = `handle ${end}`;
    handle.setAttribute("aria-hidden", "true"); // by keys: Alt and the arrows
    handle.addEventListener("pointerdown", (event) => begin(event, end));
    return handle;
  }

  /** @param {PointerEvent} event @param {"start" | "end"} end */
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
    const offset = text.offsetUnder(event.clientX, event.clientY);
    if (offset === null) return;
    const { before, end } = dragged, word = words.at(offset), place = event.altKey || !word ? offset : word[end];
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
      const ranges = coding ? text.ranges(coding) : [];
      put(handles.start, ranges[0], true);
      put(handles.end, ranges[ranges.length - 1], false);
    },
    isDragging: () => dragged !== null,
  };

  /** @param {HTMLElement} handle @param {Range | undefined} range @param {boolean} isStart */
  function put(handle, range, isStart) {
    const part = range?.startContainer.parentElement?.closest(".part");
    const boxes = range?.getClientRects();
    if (!part || !boxes?.length) { if (!dragged) handle.remove(); return; }
    const outer = part.getBoundingClientRect(), box = isStart ? boxes[0] : boxes[boxes.length - 1];
    handle.style.cssText = `top:${box.top - outer.top}px;height:${box.height}px;left:${(isStart ? box.left : box.right) - outer.left}px`;
    if (handle.parentElement !== part) part.append(handle);
  }
}
