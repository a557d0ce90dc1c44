// @ts-check
// Citations complete as one types: from the bracket to the cursor, the passages that may be meant.

import { html, nothing } from "../../vendor/lit-html.js";
import { ask } from "../lib/api.js";
import { list } from "../lib/decode.js";
import { CandidateLine } from "../payloads/cells.js";

const Candidates = list(CandidateLine);

/**
 * @param {() => HTMLTextAreaElement} field
 * @param {(typed: string) => string} address Where candidates are asked for.
 * @param {() => void} draw
 * @param {(text: string) => void} note
 */
export function makeCompletion(field, address, draw, note) {
  /** @type {ReturnType<typeof Candidates>} */
  let candidates = [];
  let at = 0;

  /** @returns {string | null} The citation that is being typed, from its bracket to the cursor. */
  function typed() {
    const before = field().value.slice(0, field().selectionStart);
    const open = before.lastIndexOf("[");
    return open >= 0 && !before.slice(open).includes("]") ? before.slice(open) : null;
  }

  /** @param {string} token */
  function take(token) {
    const { value, selectionStart } = field(), open = value.lastIndexOf("[", selectionStart - 1);
    field().value = `${value.slice(0, open)}${token}${value.slice(selectionStart)}`;
    field().setSelectionRange(open + token.length, open + token.length);
    note(field().value);
    candidates = [];
    draw();
    field().focus();
  }

  /** @param {number} by */
  function choose(by) {
    at = (at + by + candidates.length) % candidates.length;
    draw();
  }

  return {
    async look() {
      const words = typed();
      const found = words === null ? [] : await ask(address(words), Candidates).catch(() => []);
      candidates = typed() === words ? found : candidates;
      at = 0;
      draw();
    },
    /** @param {KeyboardEvent} event @returns {boolean} Whether the key was ours. */
    press(event) {
      if (!candidates.length || event.target !== field()) return false;
      if (event.key === "ArrowDown") choose(1);
      else if (event.key === "ArrowUp") choose(-1);
      else if (event.key === "Enter" || event.key === "Tab") take(candidates[at].token);
      else if (event.key === "Escape") { candidates = []; draw(); }
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
    draw() {
      if (!candidates.length) return nothing;
      return html`<ul class="candidates" role="listbox" aria-label="Passages to cite">${candidates.map((each, place) => html`<li role="option" aria-selected=${place === at ? "true" : "false"} @mousedown=${(/** @type {Event} */ event) => { event.preventDefault(); take(each.token); }}>
        <b>${each.token}</b> ${each.quote}${each.is_charted ? html` <span class="tag">cited</span>` : nothing}</li>`)}</ul>`;
    },
  };
}
