// @ts-check
// Reports and exports: what was made.

import { list, number, record, string } from "../lib/decode.js";

export const ReportMade = record({ address: string, name: string, size: number, losses: list(string) });
