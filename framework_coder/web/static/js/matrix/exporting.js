// @ts-check
// Export what is shown: the file is made by the server while one goes on working, and can be called off.

import { tell } from "../lib/page.js";

/** @param {string} address @param {string} name What is being made, in words. */
export async function exportView(address, name) {
  const stop = new AbortController();
  const notice = showNotice(`${name} is being written …`, () => stop.abort());
  try {
    const answer = await fetch(address, { signal: stop.signal });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).sentence ?? `The server answered with ${answer.status}.`);
    const file = (answer.headers.get("Content-Disposition") ?? "").split("''")[1] ?? "matrix";
    save(await answer.blob(), decodeURIComponent(file));
    tell(`${name} saved as ${decodeURIComponent(file)}.`);
  } catch (error) {
    if (stop.signal.aborted) tell(`${name} called off.`);
    else tell(error instanceof Error ? error.message : String(error), { isRefused: true });
  } finally {
    notice.remove();
  }
}

/** @param {string} words @param {() => void} cancel */
function showNotice(words, cancel) {
  const notice = document.createElement("div"), said = document.createElement("span"), button = document.createElement("button");
  notice.className = "toast";
  said.textContent = words;
  button.type = "button";
  button.className = "plain";
  button.textContent = "Cancel";
  button.addEventListener("click", cancel);
  notice.append(said, button);
  document.getElementById("toasts")?.append(notice);
  return notice;
}

/** @param {Blob} content @param {string} name */
function save(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
