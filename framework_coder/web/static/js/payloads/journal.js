// @ts-check
// The journal.

import { boolean, list, nullable, number, record, string } from "../lib/decode.js";

export const JournalLine = record({
  id: number, made_at: string, who: string, action: string, why: string, words: string, is_undone: boolean,
  undoes: nullable(number),
});
export const News = record({ entry: number, lines: list(JournalLine) });
