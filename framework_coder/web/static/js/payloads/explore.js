// @ts-check
// Claims to rest a finding on.

import { list, number, record, string } from "../lib/decode.js";

export const ClaimLine = record({ id: number, site: string, theme: string, label: string, summary: string, status: string, letter: string });
export const FoundClaims = record({ claims: list(ClaimLine), total: number });
