// @ts-check
// What all payloads share, and the answers that several screens get.

import { number, record, string } from "../lib/decode.js";

export const Done = record({ entry: number, told: string });
export const ShortcutLine = record({ keys: string, action: string, told: string });
