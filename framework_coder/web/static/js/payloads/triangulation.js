// @ts-check
// Sources that are alike.

import { list, number, record, string } from "../lib/decode.js";

export const SharedWords = record({ copy_start: number, copy_quote: string, root_start: number, root_quote: string });
export const LikePair = record({
  copy_ref: string, copy_title: string, root_ref: string, root_title: string, why: string, share_of_copy: number,
  share_of_root: number, passages: list(SharedWords),
});
export const Likeness = record({ pairs: list(LikePair) });
