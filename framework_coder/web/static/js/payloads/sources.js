// @ts-check
// The register of sources, and that of sites: tables that are edited in place.

import { list, mapping, number, record, string } from "../lib/decode.js";

export const Option = record({ value: string, label: string });
export const GridColumn = record({ id: string, title: string, told: string, kind: string, options: list(Option) });
export const GridLine = record({ id: string, address: string, cells: mapping(string), numbers: mapping(number) });
export const GridPage = record({ entry: number, kind: string, columns: list(GridColumn), lines: list(GridLine) });
export const CellEdited = record({ entry: number, cells: mapping(string) });
