// @ts-check
// A source as the reader works on it.

import { boolean, list, nullable, number, pair, record, string } from "../lib/decode.js";

export const ReaderTheme = record({
  id: string, label: string, path: string, look: string, depth: number, parent: string, definition: string,
  is_active: boolean, is_leaf: boolean, is_emergent: boolean,
});
export const ReaderCoding = record({
  id: number, theme: string, site: string, start: number, end: number, coder: string, origin: string, state: string,
  score: nullable(number), reason: string,
});
export const ReaderCodings = record({
  entry: number, themes: list(ReaderTheme), codings: list(ReaderCoding), noted: list(number), memos: number,
  drifted: number, examined: list(string),
});
export const ReaderPage = record({
  ref: string, who: string, sites: list(string), version: number, blocks: list(pair(number, number)),
  segments: list(number), now: ReaderCodings,
});
export const Coded = record({ entry: number, coding: ReaderCoding });
export const ThemeMade = record({ entry: number, made: string, themes: list(ReaderTheme) });
export const RulesAtWork = record({ done: number, total: number });
