// @ts-check
// Lanes of the margin: each passage gets the lowest one in which it meets no other (as model/spans.py does it).

/** @param {readonly { start: number, end: number }[]} spans @returns {number[]} A lane, from 0, for each in the order given. */
export function lanes(spans) {
  /** @type {number[]} */
  const freeFrom = [], placed = new Array(spans.length).fill(0);
  const order = spans.map((_, place) => place).sort((one, other) => spans[one].start - spans[other].start || spans[other].end - spans[one].end);
  for (const place of order) {
    const { start, end } = spans[place];
    let lane = freeFrom.findIndex((free) => free <= start);
    if (lane < 0) lane = freeFrom.push(0) - 1;
    freeFrom[lane] = end;
    placed[place] = lane;
  }
  return placed;
}
