// @ts-check
// Dialogs that every screen shares: a modal one with what it is given, a question for words, a question for a yes.

import { html, nothing, render } from "../../vendor/lit-html.js";

/**
 * Show a modal dialog until it is closed; Escape closes it with null.
 * @param {string} title
 * @param {(close: (value: string | null) => void) => unknown} draw What stands under the title.
 * @returns {Promise<string | null>}
 */
export function showDialog(title, draw) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "dialog-head");
  const back = document.activeElement;
  return new Promise((resolve) => {
    /** @type {string | null} */
    let answer = null;
    /** @param {string | null} value */
    const close = (value) => { answer = value; dialog.close(); };
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (back instanceof HTMLElement && back.isConnected) back.focus();
      resolve(answer);
    });
    render(html`<h2 id="dialog-head">${title}</h2>${draw(close)}`, dialog);
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * Ask for words; null where the question was left.
 * @param {{ title: string, label: string, take: string, told?: string, text?: string, mayBeEmpty?: boolean }} given
 */
export function askWords(given) {
  return showDialog(given.title, (close) => {
    /** @param {SubmitEvent} event */
    const send = (event) => {
      event.preventDefault();
      close(String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("words") ?? "").trim());
    };
    return html`<form @submit=${send}>${given.told ? html`<p class="soft">${given.told}</p>` : nothing}
      <label>${given.label}<textarea name="words" rows="3" ?required=${!given.mayBeEmpty} .value=${given.text ?? ""}
        @keydown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) /** @type {HTMLTextAreaElement} */ (event.target).form?.requestSubmit(); }}></textarea></label>
      <p class="buttons"><button class="main">${given.take}</button> <button type="button" @click=${() => close(null)}>Cancel</button></p></form>`;
  });
}

/** Ask for a yes. @param {{ title: string, told: string, take: string }} given @returns {Promise<boolean>} */
export async function askYes(given) {
  return (await showDialog(given.title, (close) => html`<p>${given.told}</p>
    <p class="buttons"><button type="button" class="main" @click=${() => close("yes")}>${given.take}</button> <button type="button" @click=${() => close(null)}>Cancel</button></p>`)) === "yes";
}
