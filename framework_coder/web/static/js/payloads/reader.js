// @ts-check
// A source as the reader works on it.

import { list, number, pair, record, string } from "../lib/decode.js";

export const ReaderBlock = record({ start: number, end: number });
export const ReaderTheme = record({ id: string, label: string, path: string, look: string, depth: number });
export const ReaderCoding = record({
  id: number, theme: string, site: string, start: number, end: number, coder: string, origin: string, state: string,
  reason: string, lane: number,
});
export const ReaderPage = record({
  entry: number, ref: string, sites: list(string), blocks: list(ReaderBlock), segments: list(pair(number, number)),
  themes: list(ReaderTheme), codings: list(ReaderCoding),
});
export const ReaderCodings = record({ entry: number, codings: list(ReaderCoding) });
export const Coded = record({ entry: number, coding: ReaderCoding });
