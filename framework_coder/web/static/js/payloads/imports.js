// @ts-check
// An import of files that were dropped on the page: what each is, what becomes of it.

import { list, nullable, number, record, string } from "../lib/decode.js";
import { Option } from "./sources.js";

export const Setting = record({ name: string, label: string, told: string, kind: string, value: string, options: list(Option) });
export const CountLine = record({ kind: string, new: number, known: number });
export const LossLine = record({ kind: string, count: number, sentence: string });
export const FieldDifference = record({ name: string, base: string, given: string, now: string });
export const Difference = record({ mark: string, claim: number, place: string, told: string, fields: list(FieldDifference), sides: list(string) });
export const Look = record({
  kind: string, told: string, counts: list(CountLine), choices: list(string), losses: list(LossLine), faults: list(string),
  settings: list(Setting), differences: list(Difference),
});
export const ImportFile = record({
  number, name: string, size: number, state: string, told: string, ref: string, site: string, method: string,
  action: string, actions: list(Option), look: nullable(Look),
});
export const ImportJob = record({
  id: string, state: string, told: string, done: number, total: number, files: list(ImportFile),
  sites: list(Option), methods: list(Option),
});
