// @ts-check
// One page: its picture, the highlights on it, and its words as text that can be selected, copied and read aloud.

import { ask, Refusal } from "../../lib/api.js";
import { string } from "../../lib/decode.js";
import { PageLines } from "../../payloads/paging.js";
import { around, readLines } from "./boxes.js";

/** @typedef {import("./boxes.js").Word} Word */
/** @typedef {import("./boxes.js").Box} Box */
/** @typedef {ReturnType<typeof import("../../payloads/paging.js").PageOutline>} Outline */
/** @typedef {ReturnType<typeof makeSheet>} Sheet */
/** @typedef {ReturnType<typeof import("../offsets.js").makeText>} SourceText */

/** Pixels a point: a page is asked for in one of these sizes, so that small changes of zoom need no new picture. */
const SCALES = [0.5, 1, 1.5, 2, 3, 4, 6];

/** @param {string} kind @param {string} name */
function make(kind, name) {
  const element = document.createElement(kind);
  element.className = name;
  return element;
}

/** @param {{ note: (found: ReturnType<typeof PageLines>) => void, fail: (error: Refusal) => void }} does `fail`: the file cannot be opened. @param {string} address Of the pages of the source. @param {string} file @param {Outline} outline @param {number} count @param {SourceText} text */
export function makeSheet(does, address, file, outline, count, text) {
  const element = make("section", "sheet"), paper = make("div", "paper"), margin = make("div", "margin");
  const picture = /** @type {HTMLImageElement} */ (make("img", "picture"));
  const layers = { marks: make("div", "marks"), pointed: make("div", "pointed"), words: make("div", "text-layer") };
  element.setAttribute("aria-label", `Page ${outline.number} of ${count}`);
  picture.alt = "";
  layers.marks.setAttribute("aria-hidden", "true");
  layers.pointed.setAttribute("aria-hidden", "true");
  paper.append(picture, layers.marks, layers.pointed, layers.words);
  element.append(paper, margin);
  element.style.setProperty("--wide", `${outline.width || 595}px`);
  element.style.setProperty("--high", `${outline.height || 842}px`);
  picture.addEventListener("error", explain);
  picture.addEventListener("load", () => element.classList.add("drawn"));
  /** @type {Promise<void> | null} */
  let loading = null;
  /** @type {Word[][]} */
  let lines = [];
  let span = { start: 0, end: 0 };

  /** Say why there is no picture, in the server's words. */
  async function explain() {
    const refusal = await ask(picture.src, string).catch((error) => error instanceof Error ? error.message : "");
    if (!paper.querySelector(".empty")) paper.append(Object.assign(make("p", "empty"), { textContent: `This page cannot be shown. ${refusal}` }));
  }

  /** @param {Word[]} line @returns {HTMLElement} */
  function writeLine(line) {
    const row = make("span", "line"), box = around(line), high = box.bottom - box.top, wide = box.x1 - box.x0;
    row.textContent = line.map((word) => text.words(word)).join(" ");
    put(row, box);
    row.style.fontSize = `calc(var(--z) * ${(0.8 * Math.min(high, wide)).toFixed(1)}px)`;
    return row;
  }

  /** @param {HTMLElement} child @param {Box} box */
  function put(child, box) {
    const { width, height } = outline;
    child.style.cssText = `left:${(100 * box.x0) / width}%;top:${(100 * box.top) / height}%;width:${(100 * (box.x1 - box.x0)) / width}%;height:${(100 * (box.bottom - box.top)) / height}%`;
  }

  return {
    element, paper, margin, layers, outline, put,
    lines: () => lines,

    /** @param {import("../offsets.js").Span} other @returns {boolean} Whether words of a span may be on this page. */
    meets: (other) => other.start < span.end && other.end > span.start,

    /** @returns {Promise<void>} Ask for the words once. */
    read() {
      loading ??= ask(`${address}/${outline.number}/words`, PageLines).then((found) => {
        lines = readLines(found.lines);
        const words = lines.flat();
        span = { start: Math.min(...words.map((word) => word.start)), end: Math.max(...words.map((word) => word.end)) };
        does.note(found);
      }).catch((error) => {
        loading = null;
        if (error instanceof Refusal) does.fail(error);
      });
      return loading;
    },

    /** @param {number} pixels A point has so many pixels of the screen. */
    show(pixels) {
      const scale = SCALES.find((each) => each >= pixels) ?? SCALES[SCALES.length - 1];
      const source = `${address}/${outline.number}.png?scale=${scale}&file=${file}`;
      if (picture.getAttribute("src") !== source) picture.src = source;
      if (!layers.words.firstChild) layers.words.append(...lines.flatMap((line) => [writeLine(line), " "]));
    },

    /** Let go of what takes memory, far from the window. */
    hide() {
      picture.removeAttribute("src");
      element.classList.remove("drawn");
      for (const layer of Object.values(layers)) layer.replaceChildren();
      margin.replaceChildren();
    },

    /** @param {Word} word @returns {{ node: Text, start: number, end: number } | null} Where a word is in the text layer. */
    place(word) {
      const row = lines.findIndex((line) => line.includes(word)), node = layers.words.querySelectorAll(".line")[row]?.firstChild;
      if (!(node instanceof Text)) return null;
      const before = lines[row].slice(0, lines[row].indexOf(word)).map((each) => text.words(each).length + 1);
      const start = before.reduce((sum, length) => sum + length, 0);
      return { node, start, end: start + text.words(word).length };
    },

    /** @param {Node} node @param {number} unit @param {boolean} isEnd @returns {Word | null} The word at a place of the text layer. */
    wordOf(node, unit, isEnd) {
      const row = (node instanceof Element ? node : node.parentElement)?.closest(".line");
      const line = row ? lines[[...layers.words.querySelectorAll(".line")].indexOf(row)] : undefined;
      let end = 0;
      for (const word of line ?? []) {
        end += text.words(word).length + 1;
        if (unit < (isEnd ? end : end - 1)) return word;
      }
      return line?.[line.length - 1] ?? null;
    },
  };
}
