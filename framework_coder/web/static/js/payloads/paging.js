// @ts-check
// The pages of a source that is a PDF.

import { boolean, list, number, record, string } from "../lib/decode.js";

export const PageOutline = record({ number, width: number, height: number, start: number });
export const SourcePages = record({ file: string, pages: list(PageOutline) });
export const PageLines = record({ number, lines: list(list(list(number))), missing: number, is_same_text: boolean });
