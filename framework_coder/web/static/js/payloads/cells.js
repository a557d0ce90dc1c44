// @ts-check
// A cell in its drawer, and what charting sends.

import { boolean, list, number, record, string } from "../lib/decode.js";
import { SiteHead, ThemeHead } from "./matrix.js";

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
export const CandidateLine = record({ coding: number, token: string, theme: string, quote: string, is_charted: boolean });
