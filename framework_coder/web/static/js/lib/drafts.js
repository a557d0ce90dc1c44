// @ts-check
// Drafts: what is being typed is kept in this tab until it is saved or left, through a reload and a lost server.

const PREFIX = "draft:";

/** @param {string} key @param {unknown} draft */
export function keepDraft(key, draft) {
  sessionStorage.setItem(PREFIX + key, JSON.stringify(draft));
}

/** @param {string} key @returns {unknown} */
export function readDraft(key) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} key */
export function dropDraft(key) {
  sessionStorage.removeItem(PREFIX + key);
}

/** @param {string} start @returns {string[]} The keys of all drafts that begin so. */
export function listDrafts(start) {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX + start)).map((key) => key.slice(PREFIX.length));
}

/** Keep what is typed into forms with a `data-draft`. @param {HTMLElement} root */
export function watchDrafts(root) {
  root.addEventListener("input", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form") : null;
    if (form?.dataset.draft) keepDraft(form.dataset.draft, Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)])));
  });
}

/** Fill forms that were just drawn with what was typed into them before. @param {HTMLElement} root */
export function restoreDrafts(root) {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (root.querySelectorAll("form[data-draft]"))) {
    if (form.dataset.restored === form.dataset.draft) continue;
    form.dataset.restored = form.dataset.draft;
    const draft = /** @type {Record<string, string> | null} */ (readDraft(form.dataset.draft ?? ""));
    if (!draft) continue;
    for (const [name, value] of Object.entries(draft)) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) field.value = value;
    }
    form.closest("details")?.setAttribute("open", "");
  }
}

/** @param {HTMLFormElement} form */
export function endForm(form) {
  if (form.dataset.draft) dropDraft(form.dataset.draft);
  form.reset();
}
