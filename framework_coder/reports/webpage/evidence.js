// @ts-check
// Passages where they stand: the paragraph with the passage marked, and what stands before and after it.

/** @param {any} coding */
function drawPassage(coding) {
  const blocks = study.sources[coding.source].blocks;
  const places = coding.at ?? [];
  if (!places.length) return [el("blockquote", null, el("p", null, "“", el("mark", null, quoteOf(coding)), "”"))];
  const question = blocks[places[0][0]][3];
  const asked = question !== null && blocks[question] ? el("p", { class: "asked" }, blocks[question][2]) : null;
  const lines = places.map((/** @type {number[]} */ [number, start, end]) => {
    const words = blocks[number][2];
    return el("p", null, words.slice(0, start), el("mark", null, words.slice(start, end)), words.slice(end));
  });
  const trail = coding.headings ? el("p", { class: "trail" }, coding.headings.join(" › ")) : null;
  return [
    trail, drawNeighbours(blocks, places[0][0], -1), asked, el("blockquote", null, lines),
    drawNeighbours(blocks, places[places.length - 1][0], 1),
  ];
}

/** @param {any} blocks @param {number} from @param {number} step */
function drawNeighbours(blocks, from, step) {
  const found = [];
  const most = study.around ?? Infinity;
  for (let number = from + step; blocks[number] && found.length < most; number += step) found.push(blocks[number]);
  if (!found.length) return null;
  if (step < 0) found.reverse();
  const words = `${counted(found.length, "paragraph")} ${step < 0 ? "before" : "after"}`;
  return el("details", null, el("summary", null, words), found.map((block) => el("p", { class: block[0] === "heading" ? "heading" : null }, block[2])));
}

/** @param {any} coding @param {string[]} said */
function drawCaption(coding, said) {
  const source = study.sources[coding.source];
  const about = [source.title, source.type, source.date || "date unknown", coding.speaker ? `${coding.speaker} speaks` : "", source.people.join(", "), source.derived.length ? `derives from ${source.derived.join(", ")}` : ""];
  return el("figcaption", null,
    said.length ? el("b", null, `${said[0]} `) : null, said.slice(1).join(" · "), said.length > 1 ? el("br") : null,
    el("a", { href: `#source-${source.ref}` }, coding.token), ` ${about.filter(Boolean).join(" · ")} · coded by ${coding.coder}`);
}

/** @param {any} link */
function drawLink(link) {
  const coding = study.codings[link.coding];
  const said = [
    link.stance, link.inferred ? "inferred" : "direct",
    link.prominence ? `prominence ${link.prominence} of 3` : "",
    link.only ? `only ${link.only.join(", ")}` : "", link.counts ?? "", link.note ? `note: ${link.note}` : "",
  ].filter(Boolean);
  return el("figure", { class: `ev ${link.stance}${link.counts ? " idle" : ""}` }, drawPassage(coding), drawCaption(coding, said));
}

/** @param {any} claim @param {any} cell */
function drawEvidence(claim, cell) {
  const parts = [];
  for (const method of study.methods) {
    const links = claim.evidence.filter((/** @type {any} */ link) => methodOf(link.coding) === method.id);
    if (!links.length) continue;
    const lamp = cell.lamps[study.planned.indexOf(method.id)] ?? "supports";
    parts.push(el("h4", { class: "method" }, lampOf(method.id, lamp), method.label, el("span", { class: "soft" }, counted(links.length, "passage"))));
    parts.push(...links.map(drawLink));
  }
  return parts.length ? parts : [el("p", { class: "soft" }, "No evidence is linked.")];
}

/** @param {number[]} numbers */
function drawUnused(numbers) {
  return numbers.map((number) => el("figure", { class: "ev context" }, drawPassage(study.codings[number]), drawCaption(study.codings[number], [])));
}
