// @ts-check
// The codebook: its tree, rules tried.

import { boolean, list, number, record, string } from "../lib/decode.js";

export const ThemeNode = record({
  id: string, label: string, parent: string, depth: number, definition: string, include: string, exclude: string,
  example: string, question: string, aliases: list(string), colour: string, look: string, phrases: list(string),
  patterns: string, origin: string, is_retired: boolean, merged_into: string, split_from: string, codings: number,
  below: number, claims: number, sites: number,
});
export const CodebookPage = record({ entry: number, version: number, themes: list(ThemeNode), undecided: number });
export const RuleExample = record({ ref: string, start: number, quote: string });
export const RuleCount = record({ passages: number, sources: number, looked_at: number, is_whole: boolean, examples: list(RuleExample) });
