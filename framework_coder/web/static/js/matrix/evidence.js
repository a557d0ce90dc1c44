// @ts-check
// Evidence: the passages of the chosen claim by method and source, those that no claim cites, and proposals.

import { html, nothing } from "../../vendor/lit-html.js";
import { count, nameMethod, PROMINENCES, readerAddress, spotOf, STANCES } from "./words.js";

/** @typedef {import("./words.js").Line} Line */
/** @typedef {import("./words.js").State} State */
/** @typedef {import("./words.js").Actions} Actions */

/** @param {State} state @param {Actions} actions */
export function drawEvidence(state, actions) {
  const cell = state.cell;
  if (!cell) return nothing;
  const chosen = cell.claims.find((claim) => claim.id === state.claim);
  return html`
    ${chosen ? html`<h3>Evidence for the chosen claim</h3>${chosen.evidence.length ? drawByMethod(chosen.evidence, state, actions) : html`<p class="empty">None yet. Cite a passage in the claim, or use one from below.</p>`}` : nothing}
    ${cell.uncharted.length ? html`<h3>Coded here, not yet used · ${cell.uncharted.length}</h3>${cell.uncharted.map((line) => drawPassage(line, state, actions))}` : nothing}
    ${cell.proposals.length ? html`<h3>Proposals waiting · ${cell.proposals.length}</h3>${cell.proposals.map((line) => drawProposal(line, state, actions))}` : nothing}
    ${cell.claims.length || cell.uncharted.length || cell.proposals.length ? nothing : html`<h3>Evidence</h3><p class="empty">Nothing is coded here. Read the sources in the list on the left, and code what they say on the theme.</p>`}`;
}

/** @param {readonly Line[]} lines @param {State} state @param {Actions} actions */
function drawByMethod(lines, state, actions) {
  const order = state.page.methods.map((method) => method.id);
  const methods = [...new Set(lines.map((line) => line.method))].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return methods.map((method) => {
    const theirs = lines.filter((line) => line.method === method);
    const look = state.page.methods.find((each) => each.id === method);
    return html`<p class="method"><i class="lamp" aria-hidden="true">${look?.letter ?? "·"}</i> ${nameMethod(state.page, method)} <span class="soft">${count(theirs.length, "passage")}</span></p>
      ${[...new Set(theirs.map((line) => line.source))].map((source) => drawSource(theirs.filter((line) => line.source === source), state, actions))}`;
  });
}

/** @param {readonly Line[]} lines @param {State} state @param {Actions} actions */
function drawSource(lines, state, actions) {
  return html`<p class="bysource">${lines[0].source} ${lines[0].source_title}</p>${lines.map((line) => drawPassage(line, state, actions))}`;
}

/** @param {Line} line @param {State} state */
const addressOf = (line, state) => (state.cell ? readerAddress(line.source, spotOf(state.cell), line.coding) : "");

/** @param {Line} line @param {State} state @param {Actions} actions */
function drawPassage(line, state, actions) {
  const claim = state.claim;
  const said = [line.stance, line.stance && !line.counts && line.stance !== "context" ? "does not count" : "", line.is_inferred ? "inferred" : "", line.prominence ? PROMINENCES[line.prominence] : "", line.is_narrowed ? `only ${line.origins.filter((each) => each.is_kept).map((each) => each.name).join(", ")}` : "", line.note].filter(Boolean).join(" · ");
  /** @param {DragEvent} event */
  const drag = (event) => { event.stopPropagation(); event.dataTransfer?.setData("text/coding", String(line.coding)); };
  return html`<div class="passage ${line.stance || "loose"} ${line.stance && !line.counts ? "gone" : ""}" tabindex="0" role="group" aria-label="${line.cite} ${line.stance || "not used"}" data-coding=${line.coding} draggable="true" @dragstart=${drag}>
    <q>${line.quote}</q><small><a href=${addressOf(line, state)} @click=${(/** @type {Event} */ event) => open(event, line, actions)}>${line.cite}</a> ${line.stance ? "" : line.source_title} ${said}</small>
    ${claim === null ? nothing : line.stance ? drawLink(line, claim, actions) : html`<p class="tools"><button type="button" @click=${() => actions.link(claim, line.coding, "supports")}>Use for the chosen claim <kbd>U</kbd></button></p>`}
  </div>`;
}

/** Show a passage in its place here; with Ctrl held the link opens as links do. @param {Event} event @param {Line} line @param {Actions} actions */
function open(event, line, actions) {
  if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
  event.preventDefault();
  actions.peek(line.coding);
}

/** @param {Line} line @param {number} claim @param {Actions} actions */
function drawLink(line, claim, actions) {
  /** @param {Record<string, unknown>} fields */
  const relink = (fields) => actions.relink(claim, line.coding, fields);
  /** @param {Event} event */
  const narrow = (event) => {
    const boxes = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("input")].filter((box) => box.checked).map((box) => box.value);
    relink({ origins: boxes.length === line.origins.length ? [] : boxes });
  };
  /** @param {Event} event */
  const valueOf = (event) => /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value;
  return html`<p class="tools"><span class="stances" role="group" aria-label="Stance">${STANCES.map(([stance, letter]) => html`<button type="button" title=${stance} aria-label=${stance} aria-pressed=${stance === line.stance ? "true" : "false"} @click=${() => relink({ stance })}>${letter}</button>`)}</span>
      <button type="button" aria-pressed=${line.is_inferred ? "true" : "false"} title="Inferred, not said outright (I)" @click=${() => relink({ is_inferred: !line.is_inferred })}>Inferred</button>
      <button type="button" @click=${() => actions.unlink(claim, line.coding)}>Take away</button></p>
    <details><summary>Prominence, who speaks, note</summary>
      <p class="tools"><label>Prominence <select @change=${(/** @type {Event} */ event) => relink({ prominence: Number(valueOf(event)) })}>${PROMINENCES.map((name, rank) => html`<option value=${rank} ?selected=${rank === line.prominence}>${name}</option>`)}</select></label></p>
      <fieldset @change=${narrow}><legend>Who says this</legend>${line.origins.map((each) => html`<label><input type="checkbox" value=${each.name} .checked=${each.is_kept}> ${each.name} </label>`)}</fieldset>
      <p class="tools"><label>Note <input .value=${line.note} @change=${(/** @type {Event} */ event) => relink({ note: valueOf(event) })}></label></p></details>`;
}

/** @param {Line} line @param {State} state @param {Actions} actions */
function drawProposal(line, state, actions) {
  return html`<div class="passage loose" tabindex="0" role="group" aria-label="${line.cite} proposed" data-coding=${line.coding} data-proposal>
    <q>${line.quote}</q><small><a href=${addressOf(line, state)}>${line.cite}</a> ${line.source_title}${line.reason ? ` · ${line.reason}` : ""}</small>
    <p class="tools"><button type="button" @click=${() => actions.decideProposal(line.coding, "accept")}>Accept <kbd>Y</kbd></button> <button type="button" @click=${() => actions.decideProposal(line.coding, "reject")}>Reject <kbd>R</kbd></button>
      <a href=${addressOf(line, state)}>Decide in the source</a></p></div>`;
}
