// @ts-check
// The matrix: what its scripts know of the grid that the page came with, and what changes in it.

import { boolean, list, mapping, number, record, string } from "../lib/decode.js";

export const StateLook = record({ id: string, letter: string, label: string, definition: string });
export const MethodLook = record({ id: string, label: string, letter: string });
export const SiteHead = record({ code: string, name: string, attributes: mapping(string) });
export const ThemeHead = record({ id: string, label: string, group: string, definition: string });
export const MatrixPage = record({
  entry: number, shape: string, is_turned: boolean, sites: list(SiteHead), themes: list(ThemeHead),
  methods: list(MethodLook), states: list(StateLook),
});
export const CellPatch = record({ row: number, column: number, look: string, said: string, inside: string });
export const MatrixChanges = record({ entry: number, is_whole: boolean, cells: list(CellPatch), counts: mapping(number) });
