// @ts-check
// A cell in its drawer, and what charting sends.

import { boolean, list, nullable, number, record, string } from "../lib/decode.js";
import { SiteHead, ThemeHead } from "./matrix.js";

export const OriginLine = record({ name: string, is_kept: boolean });
export const EvidenceLine = record({
  coding: number, stance: string, is_inferred: boolean, counts: boolean, quote: string, cite: string, source: string,
  source_title: string, method: string, theme: string, note: string, start: number, end: number, prominence: number,
  is_narrowed: boolean, origins: list(OriginLine), coder: string, reason: string,
});
export const DecisionLine = record({ decision: string, reason: string, decided_by: string, decided_on: string, is_stale: boolean });
export const PairLine = record({
  first: string, second: string, suggested: string, stands: string, state: string, awaits: boolean, reason: string, coder: string,
});
export const CheckLine = record({ state: string, informant: string, reply: string, coder: string, made_on: string });
export const MemoLine = record({ id: number, title: string, text: string, kind: string, author: string, made_on: string, edition: string });
export const CoverageLine = record({ source: string, title: string, method: string, standing: string });
export const ClaimCard = record({
  id: number, theme: string, theme_label: string, summary: string, paragraph: string, edition: string, kind: string,
  is_key: boolean, quotation: string, comment: string, values: list(string), author: string, status: string,
  flags: list(string), why: string, evidence: list(EvidenceLine), can_be_decided: boolean,
  decision: nullable(DecisionLine), pairs: list(PairLine), check: nullable(CheckLine), memos: list(MemoLine),
});
export const CellDrawer = record({
  entry: number, site: SiteHead, theme: ThemeHead, state: string, why: string, reason: string, examined: number,
  sources: number, lamps: list(string), claims: list(ClaimCard), uncharted: list(EvidenceLine),
  proposals: list(EvidenceLine), coverage: list(CoverageLine), memos: list(MemoLine),
});
export const EditLine = record({ entry: number, made_at: string, who: string, action: string, why: string, told: string });
export const ContextBlock = record({ kind: string, place: string, before: string, passage: string, after: string });
export const PassageContext = record({
  coding: number, source: string, title: string, told: string, cite: string, blocks: list(ContextBlock),
});
export const KnownValue = record({ name: string, kind: string, values: list(string), ranks: list(string) });
export const CandidateLine = record({ coding: number, token: string, theme: string, quote: string, is_charted: boolean });
