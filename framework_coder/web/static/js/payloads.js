// @ts-check
// The JSON contract as decoders, one for each class of payloads.py; a test decodes what Python tests made.

import { boolean, list, mapping, nullable, number, pair, record, string } from "./lib/decode.js";

export const SiteHead = record({ code: string, name: string, attributes: mapping(string) });
export const ThemeHead = record({ id: string, label: string, group: string, definition: string });
export const StateLook = record({ id: string, letter: string, label: string, definition: string });
export const MethodLook = record({ id: string, label: string, letter: string });

export const MatrixCell = record({
  state: string, claims: number, uncharted: number, proposed: number, examined: number, sources: number,
  lamps: list(string), strip: list(pair(string, number)),
});

export const MatrixPage = record({
  entry: number, sites: list(SiteHead), themes: list(ThemeHead), methods: list(MethodLook), states: list(StateLook),
  fields: list(pair(string, string)), cells: list(list(MatrixCell)),
});

export const EvidenceLine = record({
  coding: number, stance: string, is_inferred: boolean, counts: boolean, quote: string, cite: string, source: string,
  source_title: string, method: string, theme: string, note: string, start: number, end: number,
});

export const ClaimCard = record({
  id: number, theme: string, summary: string, paragraph: string, edition: string, kind: string, is_key: boolean,
  quotation: string, comment: string, values: list(string), author: string, status: string, flags: list(string), why: string,
  evidence: list(EvidenceLine),
});

export const CellDrawer = record({
  entry: number, site: SiteHead, theme: ThemeHead, state: string, why: string, reason: string, examined: number,
  sources: number, lamps: list(string), claims: list(ClaimCard), uncharted: list(EvidenceLine),
});

export const JournalLine = record({
  id: number, made_at: string, who: string, action: string, why: string, words: string, is_undone: boolean,
  undoes: nullable(number),
});

export const Done = record({ entry: number, told: string });
export const News = record({ entry: number, lines: list(JournalLine) });

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

export const CandidateLine = record({ coding: number, token: string, theme: string, quote: string, is_charted: boolean });
