// @ts-check
// Forms of the drawer: sent whole, emptied once they are saved.

import { endForm } from "../lib/drafts.js";

/** Send a form's fields; it is emptied once they are saved. @param {(made: Record<string, string>) => Promise<unknown>} save */
export const sending = (save) => async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const done = await save(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)])));
  if (done) endForm(form);
};
