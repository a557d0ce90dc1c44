// @ts-check
// Keys in the drawer: claims up and down, what is done to the chosen one, and to the passage that has the focus.

/** @typedef {ReturnType<typeof import("./cells.js").makeCells>} Cells */
/** @typedef {import("./words.js").State} State */

/** @param {HTMLElement} drawer @param {Cells} cells @param {() => State} now */
export function drawerKeys(drawer, cells, now) {
  const { actions } = cells;
  const passages = () => /** @type {HTMLElement[]} */ ([...drawer.querySelectorAll(".passage")]);
  const focused = () => /** @type {HTMLElement | null} */ (document.activeElement?.closest(".passage") ?? null);
  const coding = () => Number(focused()?.dataset.coding ?? 0);
  const linked = () => cells.chosen()?.evidence.find((line) => line.coding === coding()) ?? null;

  /** @param {number} by */
  function stepClaim(by) {
    const { cell, claim } = now();
    if (!cell?.claims.length) return;
    const place = cell.claims.findIndex((each) => each.id === claim) + by;
    actions.choose(cell.claims[Math.max(0, Math.min(place, cell.claims.length - 1))].id);
    cells.focusClaim();
  }

  /** @param {number} by */
  function stepPassage(by) {
    const all = passages(), place = focused() ? all.indexOf(/** @type {HTMLElement} */ (focused())) + by : 0;
    all[Math.max(0, Math.min(place, all.length - 1))]?.focus();
  }

  /** Keep the focus on the passage though it moves. @param {Promise<unknown>} done @param {number} number */
  const stay = (done, number) => done.then(() => passages().find((each) => Number(each.dataset.coding) === number)?.focus());

  /** @param {string} stance */
  const take = (stance) => () => {
    const claim = cells.chosen(), number = coding();
    if (!number || !claim || focused()?.dataset.proposal !== undefined) return;
    stay(linked() ? actions.relink(claim.id, number, { stance }) : actions.link(claim.id, number, stance), number);
  };

  /** @param {Record<string, unknown>} fields */
  function relink(fields) {
    const claim = cells.chosen(), line = linked();
    if (claim && line) stay(actions.relink(claim.id, line.coding, fields), line.coding);
  }

  /** @param {"before" | "after"} side */
  const reorder = (side) => () => {
    const { cell } = now(), claim = cells.chosen();
    if (!cell || !claim) return;
    const other = cell.claims[cell.claims.indexOf(claim) + (side === "before" ? -1 : 1)];
    if (other) actions.move(claim.id, side, other.id).then(cells.focusClaim);
  };

  /** @param {number} by */
  const merge = (by) => () => {
    const { cell } = now(), claim = cells.chosen();
    if (!cell || !claim) return;
    const place = cell.claims.indexOf(claim), other = cell.claims[place + by];
    if (other) actions.merge(by < 0 ? other : claim, by < 0 ? claim : other).then(cells.focusClaim);
  };

  function remove() {
    const claim = cells.chosen(), line = linked();
    if (!claim || !drawer.contains(document.activeElement)) return;
    if (line) actions.unlink(claim.id, line.coding);
    else if (!focused()) actions.remove(claim).then(cells.focusClaim);
  }

  /** @param {"accept" | "reject"} decision */
  const decide = (decision) => () => {
    if (focused()?.dataset.proposal === undefined) return;
    const rest = passages().filter((each) => each.dataset.proposal !== undefined), place = rest.indexOf(/** @type {HTMLElement} */ (focused()));
    const next = rest[place + 1] ?? rest[place - 1], number = Number(next?.dataset.coding);
    stay(actions.decideProposal(coding(), decision), number);
  };

  /** @param {string} selector */
  const openPart = (selector) => () => {
    const details = drawer.querySelector(selector)?.closest("details");
    details?.setAttribute("open", "");
    /** @type {HTMLElement | null | undefined} */ (details?.querySelector("select, textarea, button"))?.focus();
  };

  return {
    claimDown: () => stepClaim(1), claimUp: () => stepClaim(-1), evidence: () => stepPassage(0),
    passageDown: () => stepPassage(1), passageUp: () => stepPassage(-1),
    write: () => actions.compose(null),
    edit: () => { const claim = cells.chosen(); if (claim) actions.compose(claim); },
    splitClaim: () => cells.splitNow(), mergeUp: merge(-1), mergeDown: merge(1), raise: reorder("before"), lower: reorder("after"), remove,
    use: take("supports"), supports: take("supports"), qualifies: take("qualifies"), contradicts: take("contradicts"), context: take("context"),
    inferred: () => relink({ is_inferred: !linked()?.is_inferred }),
    unrated: () => relink({ prominence: 0 }), passing: () => relink({ prominence: 1 }), notable: () => relink({ prominence: 2 }), dominant: () => relink({ prominence: 3 }),
    peek: () => { if (coding()) actions.peek(coding()); },
    accept: decide("accept"), reject: decide("reject"),
    decide: openPart('.claim.chosen form[data-draft^="decision"]'), check: openPart('.claim.chosen form[data-draft^="check"]'),
    cover: openPart("#around [data-source]"),
    memo: () => actions.noteMemo(cells.chosen()), cellMemo: () => actions.noteMemo(null),
    history: () => { const claim = cells.chosen(); if (claim) actions.showHistory(claim); },
    mark: () => { const { cell } = now(); if (cell && !cell.claims.length) { if (cell.reason) actions.unmark(); else actions.markCell(); } },
    isOnPassage: () => Boolean(focused()),
  };
}
