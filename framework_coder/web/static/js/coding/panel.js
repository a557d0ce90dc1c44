// @ts-check
// The panel on the right: the chosen coding, the proposal to decide, the codebook with counts.

import { html, nothing, render } from "../../vendor/lit-html.js";
import { recentAmong } from "./picker.js";

/** @typedef {import("./reading.js").Coding} Coding */
/** @typedef {import("./reading.js").Theme} Theme */
/** @typedef {Record<"accept" | "reject" | "retheme" | "remove" | "memo" | "cite" | "sourceMemo" | "drifted" | "propose", () => void>} Does What the buttons do; keys do the same. */

const LONGEST = 420;

/**
 * @param {import("./reading.js").Page} page
 * @param {import("./reading.js").Reading} reading
 * @param {ReturnType<typeof import("./offsets.js").makeText>} text
 * @param {Does & { decideAll: (theme: string, isAccepted: boolean) => void, site: (site: string) => void }} does
 */
export function makePanel(page, reading, text, does) {
  const panel = /** @type {HTMLElement} */ (document.getElementById("panel"));

  /** @param {Coding} coding */
  const quote = (coding) => {
    const words = text.words(coding);
    return html`<q>${words.length > LONGEST ? `${words.slice(0, LONGEST)} …` : words}</q>`;
  };

  /** @param {Coding} coding */
  const site = (coding) => (page.sites.length < 2 ? nothing : html`<label class="site">Site <select @change=${(/** @type {Event} */ event) => does.site(/** @type {HTMLSelectElement} */ (event.target).value)}>
    ${page.sites.map((each) => html`<option value=${each} .selected=${each === coding.site}>${each}</option>`)}</select></label>`);

  /** @param {Coding} coding @param {Theme | undefined} theme */
  const chosenCard = (coding, theme) => html`<h2>Chosen coding</h2><div class="card ${theme?.look}">
    <b>${theme?.label ?? coding.theme}</b><small>${theme?.path} · ${coding.coder}${coding.origin === "manual" ? "" : ` · by ${coding.origin}`}</small>${quote(coding)}${site(coding)}
    <p class="does"><button @click=${does.retheme}>Theme… <kbd>T</kbd></button><button @click=${does.memo}>${reading.get().noted.includes(coding.id) ? "Memo ●" : "Memo"} <kbd>M</kbd></button><button @click=${does.cite}>Claim… <kbd>L</kbd></button><button @click=${does.remove}>Remove <kbd>Del</kbd></button></p>
    <a href=${`/matrix#cell=${encodeURIComponent(`${coding.site}/${coding.theme}`)}`}>Open its cell <kbd>O</kbd></a></div>`;

  /** @param {Coding} coding @param {readonly Coding[]} waiting */
  function proposalCard(coding, waiting) {
    const theme = reading.theme(coding.theme), alike = waiting.filter((each) => each.theme === coding.theme).length;
    return html`<div class="card proposal ${theme?.look}"><b>${theme?.label ?? coding.theme}</b>${coding.score === null ? nothing : html` ${coding.score.toFixed(2)}`}
      <small class="count">${waiting.indexOf(coding) + 1} of ${waiting.length}</small>${quote(coding)}<small>${coding.reason || `by ${coding.coder}`}</small>
      <p class="does"><button class="main" @click=${does.accept}>Accept <kbd>Y</kbd></button><button @click=${does.reject}>Reject <kbd>N</kbd></button><button @click=${does.retheme}>Other theme… <kbd>T</kbd></button></p>
      ${alike > 1 ? html`<p class="does"><button class="plain" @click=${() => does.decideAll(coding.theme, true)}>Accept all ${alike} at ${theme?.label}</button><button class="plain" @click=${() => does.decideAll(coding.theme, false)}>Reject all ${alike}</button></p>` : nothing}</div>`;
  }

  /** @param {readonly Coding[]} codings @returns {Map<string, number>} How many each theme has, those below it included. */
  function count(codings) {
    const counts = new Map();
    for (const coding of codings) for (let theme = coding.theme; theme; theme = reading.theme(theme)?.parent ?? "") counts.set(theme, (counts.get(theme) ?? 0) + 1);
    return counts;
  }

  /** @param {string} theme */
  const filterBy = (theme) => reading.set({ peek: "", filter: { ...reading.get().filter, theme: reading.get().filter.theme === theme ? "" : theme } });

  /** @param {Theme} theme @param {Map<string, number>} counts @param {readonly Theme[]} recent */
  const themeLine = (theme, counts, recent) => html`<li class="d${Math.min(theme.depth, 4)}"><button type="button" class="theme" aria-pressed=${String(reading.get().filter.theme === theme.id)} title=${theme.definition}
    @click=${() => filterBy(theme.id)} @pointerenter=${() => reading.set({ peek: theme.id })} @pointerleave=${() => reading.set({ peek: "" })}>
    <span class="swatch ${theme.look}"></span><span class="label">${theme.label}${theme.is_active ? nothing : html` <small>retired</small>`}</span>${recent.includes(theme) ? html`<kbd>${recent.indexOf(theme) + 1}</kbd>` : nothing}<span class="count">${counts.get(theme.id) ?? ""}</span></button></li>`;

  /** @type {unknown[]} */
  let drawnFrom = [];
  return {
    draw() {
      const now = reading.get(), coding = reading.chosen();
      const from = [now.codings, now.themes, now.chosen, now.filter, now.noted, now.memos, now.drifted];
      if (from.every((each, place) => each === drawnFrom[place])) return;
      drawnFrom = from;
      const waiting = reading.proposals(), counts = count(now.codings), recent = recentAmong(now.themes);
      const next = coding?.state === "proposed" ? coding : waiting[0];
      render(html`
        ${coding && coding.state !== "proposed" ? chosenCard(coding, reading.theme(coding.theme)) : nothing}
        ${next && waiting.length ? html`<h2>Proposals · ${waiting.length} in this source</h2>${proposalCard(next, waiting)}` : nothing}
        <p class="does quiet">${now.drifted ? html`<button class="warn" @click=${does.drifted}>${now.drifted} drifted <kbd>D</kbd></button>` : nothing}<button @click=${does.sourceMemo}>Source memos${now.memos ? ` · ${now.memos}` : ""}</button><button @click=${does.propose} title="Apply the matching rules of the themes to this source">Propose by rules</button></p>
        <h2>Codebook${page.version ? ` · version ${page.version}` : ""}</h2>
        ${now.themes.length ? html`<ul class="themes">${now.themes.map((theme) => themeLine(theme, counts, recent))}</ul>` : html`<p class="empty">The codebook has no theme yet. Choose a passage, press Enter, and type the name of the first one.</p>`}`, panel);
    },
  };
}
