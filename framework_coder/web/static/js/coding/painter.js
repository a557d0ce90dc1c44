// @ts-check
// Paint codings: one Highlight a theme over the text, and stripes in the margin; text nodes are never touched.

/** @typedef {ReturnType<typeof import("../payloads/reader.js").ReaderPage>} Page */
/** @typedef {Page["codings"][number]} Coding */
/** @typedef {ReturnType<typeof import("./offsets.js").makeText>} Text */

const PRIORITY = { cursor: 3, chosen: 2, proposed: 1 };
const MOST_LANES = 6;

/** @param {Text} text @param {Page} page */
export function makePainter(text, page) {
  const looks = new Map(page.themes.map((theme) => [theme.id, theme]));
  const rows = [...document.querySelectorAll(".stripes")];
  /** @type {Map<string, Highlight>} */
  const highlights = new Map();

  /** @param {string} name */
  function highlight(name) {
    let found = highlights.get(name);
    if (!found) {
      found = new Highlight();
      found.priority = PRIORITY[/** @type {keyof typeof PRIORITY} */ (name)] ?? 0;
      highlights.set(name, found);
      CSS.highlights.set(name, found);
    }
    return found;
  }

  /** @type {Map<number, { coding: Coding, ranges: Range[], over: Highlight, elements: HTMLElement[] }>} What is painted, by coding. */
  const painted = new Map();

  /** @param {Coding} coding @param {number} row @returns {HTMLElement} */
  function drawStripe(coding, row) {
    const block = page.blocks[row], size = Math.max(block.end - block.start, 1);
    const from = Math.max(coding.start, block.start), to = Math.min(coding.end, block.end);
    const theme = looks.get(coding.theme);
    const label = `${theme?.path ?? coding.theme}${coding.state === "proposed" ? ", proposed" : ""}, ${coding.coder}`;
    const stripe = document.createElement("button");
    stripe.type = "button";
    stripe.className = `stripe ${theme?.look ?? ""} ${coding.state}`;
    stripe.dataset.coding = String(coding.id);
    stripe.title = label;
    stripe.setAttribute("aria-label", label);
    stripe.tabIndex = -1;
    stripe.style.cssText = `--lane:${coding.lane};--top:${(100 * (from - block.start)) / size}%;--height:${(100 * (to - from)) / size}%`;
    return stripe;
  }

  /** @param {Coding} coding @returns {HTMLElement} */
  function drawName(coding) {
    const name = document.createElement("span");
    name.className = `names ${coding.state}`;
    name.dataset.start = String(coding.start);
    name.textContent = looks.get(coding.theme)?.label ?? coding.theme;
    name.setAttribute("aria-hidden", "true");
    name.style.cssText = `--lanes:${Math.min(coding.lane + 1, MOST_LANES)}`;
    return name;
  }

  /** @param {Coding} coding */
  function add(coding) {
    const over = highlight(coding.state === "proposed" ? "proposed" : (looks.get(coding.theme)?.look ?? "t-none"));
    const ranges = text.ranges(coding);
    for (const range of ranges) over.add(range);
    const first = text.blockAt(coding.start), elements = [];
    for (let row = first; row < page.blocks.length && page.blocks[row].start < coding.end; row += 1) {
      const stripe = drawStripe(coding, row);
      rows[row].append(stripe);
      elements.push(stripe);
    }
    const name = drawName(coding);
    const after = [...rows[first].querySelectorAll(".names")].find((other) => Number(/** @type {HTMLElement} */ (other).dataset.start) > coding.start);
    rows[first].insertBefore(name, after ?? null);
    elements.push(name);
    painted.set(coding.id, { coding, ranges, over, elements });
  }

  /** @param {number} id */
  function erase(id) {
    const found = painted.get(id);
    if (!found) return;
    for (const range of found.ranges) found.over.delete(range);
    for (const element of found.elements) element.remove();
    painted.delete(id);
  }

  /** @param {Coding} one @param {Coding} other */
  const looksAlike = (one, other) => one === other || (one.start === other.start && one.end === other.end && one.theme === other.theme && one.state === other.state && one.lane === other.lane && one.coder === other.coder);

  return {
    /** @param {readonly Coding[]} codings Paint what is new, erase what is gone; the rest is not touched. */
    paint(codings) {
      const wanted = new Map(codings.map((coding) => [coding.id, coding]));
      for (const [id, { coding }] of painted) {
        const now = wanted.get(id);
        if (!now || !looksAlike(coding, now)) erase(id);
      }
      for (const coding of codings) if (!painted.has(coding.id)) add(coding);
    },

    /** @param {"cursor" | "chosen"} name @param {import("./offsets.js").Span | null} span */
    mark(name, span) {
      const over = highlight(name);
      over.clear();
      if (span) for (const range of text.ranges(span)) over.add(range);
    },
  };
}
