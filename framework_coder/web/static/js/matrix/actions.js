// @ts-check
// What can be done to a cell: each change goes to the server, whose answer is the cell as it is then.

import { ask, change } from "../lib/api.js";
import { tell } from "../lib/page.js";
import { Done } from "../payloads/base.js";
import { CellDrawer } from "../payloads/cells.js";

/** @typedef {ReturnType<typeof CellDrawer>} Cell */
/** @typedef {Cell["claims"][number]} Claim */
/** @typedef {Record<string, unknown>} Fields */

/** @param {Cell} cell @param {string} path */
export const addressOf = (cell, path) => `/api/cells/${encodeURIComponent(cell.site.code)}/${encodeURIComponent(cell.theme.id)}${path}`;

/** @param {(cell: Cell) => void} show @param {() => Cell | null} now */
export function makeActions(show, now) {
  /** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<Cell>} */
  async function send(method, path, body = null) {
    const cell = now();
    if (!cell) throw new Error("No cell is open.");
    const answer = await change(method, addressOf(cell, path), body, CellDrawer);
    show(answer);
    return answer;
  }
  /** Decide on a claim as the queues do; then the cell is asked for as it is. @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<Cell>} */
  async function review(method, path, body = null) {
    const cell = now();
    if (!cell) throw new Error("No cell is open.");
    await change(method, `/api${path}`, body, Done);
    const answer = await ask(addressOf(cell, ""), CellDrawer);
    if (now()?.site.code === cell.site.code && now()?.theme.id === cell.theme.id) show(answer);
    return answer;
  }
  /** Let a refusal stand as told by the toast. @param {Promise<Cell>} sent */
  const calmly = (sent) => sent.catch(() => null);
  /** @param {Promise<Cell>} sent @param {string} told */
  const withUndo = (sent, told) => calmly(sent.then((cell) => { tell(told, { undo: true }); return cell; }));

  /** Show a link as it will be, until the server answers; put it back where it refuses. @param {number} claim @param {number} coding @param {Fields} fields */
  function relink(claim, coding, fields) {
    const cell = now();
    if (cell) show({ ...cell, claims: cell.claims.map((each) => (each.id === claim ? { ...each, evidence: each.evidence.map((line) => (line.coding === coding ? { ...line, ...pickShown(fields) } : line)) } : each)) });
    return send("PATCH", `/claims/${claim}/evidence/${coding}`, fields).catch(() => { if (cell && now()?.entry === cell.entry) show(cell); return null; });
  }

  return {
    /** @param {Fields} fields */
    write: (fields) => send("POST", "/claims", fields),
    /** @param {number} claim @param {Fields} fields */
    rewrite: (claim, fields) => send("PUT", `/claims/${claim}`, fields),
    /** @param {Claim} claim @param {Fields} fields */
    edit: (claim, fields) => calmly(send("PATCH", `/claims/${claim.id}`, { ...fields, edition: claim.edition })),
    /** @param {Claim} claim */
    remove: (claim) => withUndo(send("DELETE", `/claims/${claim.id}?edition=${claim.edition}`), "Claim deleted."),
    /** @param {Claim} claim @param {number} at */
    split: (claim, at) => calmly(send("POST", `/claims/${claim.id}/split`, { at, edition: claim.edition })),
    /** @param {Claim} claim @param {Claim} other */
    merge: (claim, other) => withUndo(send("POST", `/claims/${claim.id}/merge/${other.id}`), "Claims merged."),
    /** @param {number} claim @param {"before" | "after"} side @param {number} other */
    move: (claim, side, other) => calmly(send("POST", `/claims/${claim}/move?${side}=${other}`)),
    /** @param {number} claim @param {number} coding @param {string} stance */
    link: (claim, coding, stance) => calmly(send("POST", `/claims/${claim}/evidence`, { coding, stance })),
    relink,
    /** @param {number} claim @param {number} coding */
    unlink: (claim, coding) => withUndo(send("DELETE", `/claims/${claim}/evidence/${coding}`), "Passage taken away from the claim."),
    /** @param {string} reason */
    mark: (reason) => calmly(send("PUT", "/not-applicable", { reason })),
    unmark: () => calmly(send("DELETE", "/not-applicable")),
    /** @param {string} source @param {string} state Empty: take back what was recorded. */
    cover: (source, state) => calmly(state ? send("PUT", `/coverage/${encodeURIComponent(source)}`, { state }) : send("DELETE", `/coverage/${encodeURIComponent(source)}`)),
    /** @param {number} coding @param {"accept" | "reject"} decision */
    decideProposal: (coding, decision) => calmly(send("POST", `/proposals/${coding}/${decision}`)),
    /** @param {number} claim @param {Fields} made */
    decide: (claim, made) => calmly(review("POST", `/claims/${claim}/adjudication`, made)),
    /** @param {number} claim */
    withdraw: (claim) => withUndo(review("DELETE", `/claims/${claim}/adjudication`), "Decision taken back."),
    /** @param {number} claim @param {string} first @param {string} second @param {Fields} made */
    confirm: (claim, first, second, made) => calmly(review("POST", "/convergence", { pairs: [{ claim, first, second }], ...made })),
    /** @param {number} claim @param {string} first @param {string} second */
    reopen: (claim, first, second) => calmly(review("POST", "/convergence/reopen", { pairs: [{ claim, first, second }] })),
    /** @param {number} claim @param {Fields} made */
    check: (claim, made) => calmly(review("POST", `/claims/${claim}/check`, made)),
    /** @param {Fields} memo @param {number} [number] */
    writeMemo: (memo, number) => calmly(number ? send("PUT", `/memos/${number}`, memo) : send("POST", "/memos", memo)),
    /** @param {{ id: number, edition: string }} memo */
    removeMemo: (memo) => withUndo(send("DELETE", `/memos/${memo.id}?edition=${memo.edition}`), "Memo removed."),
  };
}

/** @param {Fields} fields What of a change shows in the passage itself. */
function pickShown(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== undefined && ["stance", "is_inferred", "prominence", "note"].includes(name)));
}
