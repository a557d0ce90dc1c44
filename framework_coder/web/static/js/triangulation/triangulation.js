// @ts-check
// Decide on contested claims and confirm pairs of methods: each form is sent, and the page asked for anew.

import { change } from "../lib/api.js";
import { journal } from "../lib/page.js";
import { Done } from "../payloads/base.js";

/** @param {HTMLFormElement} form @param {string} name */
const valueOf = (form, name) => String(new FormData(form).get(name) ?? "");

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.claim) return;
  event.preventDefault();
  const claim = Number(form.dataset.claim), reason = valueOf(form, "reason");
  const sent = form.classList.contains("decide")
    ? change("POST", `/api/claims/${claim}/adjudication`, { decision: valueOf(form, "decision"), reason }, Done)
    : change("POST", "/api/convergence", { claim, first: form.dataset.first, second: form.dataset.second, confirmed: valueOf(form, "confirmed"), reason }, Done);
  const done = await sent.catch(() => null);
  if (done) form.closest("tr, li")?.classList.add("undone");
});
journal.addEventListener("news", () => {
  if (!document.activeElement?.closest("form")) location.reload();
});
