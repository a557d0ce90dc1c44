// @ts-check
// An import of files that were dropped on the page: what each is, what becomes of it.

import { list, number, record, string } from "../lib/decode.js";
import { Option } from "./sources.js";

export const ImportFile = record({
  number, name: string, size: number, state: string, told: string, ref: string, site: string, method: string,
  action: string, actions: list(Option),
});
export const ImportJob = record({
  id: string, state: string, told: string, done: number, total: number, files: list(ImportFile),
  sites: list(Option), methods: list(Option),
});
