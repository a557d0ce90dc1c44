// @ts-check
// The matrix as the grid draws it.

import { list, mapping, number, pair, record, string } from "../lib/decode.js";

export const StateLook = record({ id: string, letter: string, label: string, definition: string });
export const MethodLook = record({ id: string, label: string, letter: string });
export const SiteHead = record({ code: string, name: string, attributes: mapping(string) });
export const ThemeHead = record({ id: string, label: string, group: string, definition: string });
export const MatrixCell = record({
  state: string, claims: number, uncharted: number, proposed: number, examined: number, sources: number,
  lamps: list(string), strip: list(pair(string, number)),
});
export const MatrixPage = record({
  entry: number, sites: list(SiteHead), themes: list(ThemeHead), methods: list(MethodLook), states: list(StateLook),
  fields: list(pair(string, string)), cells: list(list(MatrixCell)),
});
