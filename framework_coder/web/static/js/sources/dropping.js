// @ts-check
// From what was dropped to files with their folders; and a file to the server, with its progress.

import { Refusal, Unreachable } from "../lib/api.js";
import { ImportJob } from "../payloads/imports.js";

/** @typedef {{ name: string, file: File }} Found */

const isMeant = (/** @type {string} */ name) => !/(^|\/)(\.|~\$|Thumbs\.db$)/.test(name);

/** @param {FileSystemDirectoryEntry} folder @returns {Promise<FileSystemEntry[]>} A reader gives a hundred at a time. */
async function listFolder(folder) {
  const reader = folder.createReader(), found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found;
    found.push(...some);
  }
}

/** @param {FileSystemEntry} entry @returns {Promise<Found[]>} */
async function walk(entry) {
  const name = entry.fullPath.replace(/^\//, "");
  if (!isMeant(name)) return [];
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject));
    return [{ name, file }];
  }
  const inside = await listFolder(/** @type {FileSystemDirectoryEntry} */ (entry));
  return (await Promise.all(inside.map(walk))).flat();
}

/** @param {DataTransfer} dropped @returns {Promise<Found[]>} */
export async function findDropped(dropped) {
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some(Boolean)) return findChosen(dropped.files);
  return (await Promise.all(entries.map((entry) => (entry ? walk(entry) : [])))).flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param {FileList | null} files @returns {Found[]} */
export const findChosen = (files) => [...(files ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file })).filter((each) => isMeant(each.name));

/** @param {string} address @param {File} file @param {(share: number) => void} tell @param {AbortSignal} signal @returns {Promise<ReturnType<typeof ImportJob>>} */
export function send(address, file, tell, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", address);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => tell(event.total ? event.loaded / event.total : 1));
    request.addEventListener("load", () => {
      if (request.status >= 400) reject(new Refusal(request.status, request.response ?? {}));
      else resolve(ImportJob(request.response, address));
    });
    request.addEventListener("error", () => reject(new Unreachable(address)));
    request.addEventListener("abort", () => reject(new DOMException("left out", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
