// @ts-check
// What can be done to a cell: each change goes to the server, whose answer is the cell as it is then.

import { change } from "../lib/api.js";
import { CellDrawer } from "../payloads/cells.js";

/** @typedef {ReturnType<typeof CellDrawer>} Cell */
/** @typedef {Cell["claims"][number]} Claim */

/** @param {Cell} cell @param {string} path */
const addressOf = (cell, path) => `/api/cells/${encodeURIComponent(cell.site.code)}/${encodeURIComponent(cell.theme.id)}${path}`;

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
  /** Let a refusal stand as told by the toast. @param {Promise<Cell>} sent */
  const calmly = (sent) => sent.catch(() => null);

  return {
    /** @param {string} text */
    write: (text) => send("POST", "/claims", { text }),
    /** @param {Claim} claim @param {string} text @param {string} edition */
    rewrite: (claim, text, edition) => send("PUT", `/claims/${claim.id}`, { text, edition }),
    /** @param {Claim} claim @param {Record<string, unknown>} fields */
    edit: (claim, fields) => calmly(send("PATCH", `/claims/${claim.id}`, { ...fields, edition: claim.edition })),
    /** @param {Claim} claim */
    remove: (claim) => calmly(send("DELETE", `/claims/${claim.id}?edition=${claim.edition}`)),
    /** @param {Claim} claim @param {number} at */
    split: (claim, at) => calmly(send("POST", `/claims/${claim.id}/split`, { at, edition: claim.edition })),
    /** @param {Claim} claim @param {number} other */
    merge: (claim, other) => calmly(send("POST", `/claims/${claim.id}/merge/${other}`)),
    /** @param {number} claim @param {number} coding @param {string} stance */
    link: (claim, coding, stance) => calmly(send("POST", `/claims/${claim}/evidence`, { coding, stance })),
    /** @param {number} claim @param {number} coding @param {Record<string, unknown>} fields */
    relink: (claim, coding, fields) => calmly(send("PATCH", `/claims/${claim}/evidence/${coding}`, fields)),
    /** @param {number} claim @param {number} coding */
    unlink: (claim, coding) => calmly(send("DELETE", `/claims/${claim}/evidence/${coding}`)),
    /** @param {string} reason */
    mark: (reason) => calmly(send("PUT", "/not-applicable", { reason })),
    unmark: () => calmly(send("DELETE", "/not-applicable")),
    /** @param {Cell} cell @param {string} typed */
    passagesAddress: (cell, typed) => addressOf(cell, `/passages?typed=${encodeURIComponent(typed)}`),
  };
}
