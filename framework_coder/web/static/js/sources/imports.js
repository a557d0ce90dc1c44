// @ts-check
// The page for imports: drop files or folders, or choose them.

import { byId } from "../lib/page.js";
import { findChosen } from "./dropping.js";
import { begin, takeDrops } from "./importing.js";

const files = /** @type {HTMLInputElement} */ (byId("files")), folder = /** @type {HTMLInputElement} */ (byId("folder"));
byId("choose-files").addEventListener("click", () => files.click());
byId("choose-folder").addEventListener("click", () => folder.click());
for (const field of [files, folder]) field.addEventListener("change", () => { begin(findChosen(field.files)).then(() => { field.value = ""; }); });
takeDrops(byId("drop"));
