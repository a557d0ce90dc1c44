// @ts-check
// What is noted, examined, cited and decided while a source is read.

import { boolean, list, nullable, number, record, string } from "../lib/decode.js";

export const CoverageLine = record({ theme: string, label: string, group: string, standing: string, told: string });
export const SourceCoverage = record({ entry: number, lines: list(CoverageLine) });
export const MemoLine = record({
  id: number, coding: nullable(number), title: string, text: string, author: string, made_on: string, edition: string,
});
export const Memos = record({ entry: number, memos: list(MemoLine) });
export const DriftedPlace = record({ start: number, end: number, quote: string, score: number });
export const DriftedLine = record({
  coding: number, theme: string, label: string, quote: string, place: string, is_sure: boolean,
  candidates: list(DriftedPlace),
});
export const CitingClaim = record({ claim: number, theme: string, label: string, summary: string, is_key: boolean, stance: string });
export const CodingClaims = record({ entry: number, site: string, theme: string, label: string, claims: list(CitingClaim) });
export const Alike = record({ ref: string, told: string });
