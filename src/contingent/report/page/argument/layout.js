/**
 * Where the claims of an argument stand: premises above, what follows from them below.
 * Each connected piece is laid out by itself in layers (Sugiyama's method: longest path, then
 * barycentres), and the pieces are put under each other.
 */

/**
 * @typedef {{claim: string, on: string, sort: string}} Link
 * @typedef {{id: string, x: number, y: number, layer: number}} Spot
 */

export const BOX = { width: 74, height: 44, across: 12, down: 46 };
const SWEEPS = 8;

/**
 * @param {Link[]} links
 * @param {string[]} order
 * @param {number} across how many boxes fit beside each other
 * @returns {{spots: Map<string, Spot>, width: number, height: number}}
 */
export function layOut(links, order, across) {
  const pieces = connected(links, order);
  /** @type {Map<string, Spot>} */
  const spots = new Map();
  let top = 0;
  let width = 0;
  for (const piece of pieces) {
    const rows = split(arranged(piece, links), Math.max(across, 3));
    const most = Math.max(...rows.map((row) => row.length));
    rows.forEach((row, layer) => {
      const start = ((most - row.length) * (BOX.width + BOX.across)) / 2;
      row.forEach((id, place) => {
        spots.set(id, { id, layer, x: start + place * (BOX.width + BOX.across), y: top + layer * (BOX.height + BOX.down) });
      });
    });
    width = Math.max(width, most * (BOX.width + BOX.across) - BOX.across);
    top += rows.length * (BOX.height + BOX.down) - BOX.down + 30;
  }
  return { spots, width, height: Math.max(0, top - 30) };
}

/**
 * @param {Link[]} links
 * @param {string[]} order
 * @returns {string[][]}
 */
function connected(links, order) {
  const root = new Map(order.map((id) => [id, id]));
  const find = (id) => {
    let at = id;
    while (root.get(at) !== at) at = /** @type {string} */ (root.get(at));
    return at;
  };
  for (const { claim, on } of links) root.set(find(claim), find(on));
  const pieces = new Map();
  const touched = new Set(links.flatMap(({ claim, on }) => [claim, on]));
  for (const id of order) {
    if (!touched.has(id)) continue;
    const key = find(id);
    pieces.set(key, [...(pieces.get(key) ?? []), id]);
  }
  return [...pieces.values()].sort((one, other) => other.length - one.length);
}

/**
 * @param {string[]} piece
 * @param {Link[]} links
 * @returns {string[][]}
 */
function arranged(piece, links) {
  const inside = links.filter(({ claim }) => piece.includes(claim));
  const above = group(inside, "claim", "on");
  const below = group(inside, "on", "claim");
  const depth = depths(piece, above);
  for (const id of piece) {
    const followers = below.get(id) ?? [];
    if (!above.has(id) && followers.length > 0) {
      depth.set(id, Math.max(0, Math.min(...followers.map((one) => /** @type {number} */ (depth.get(one)))) - 1));
    }
  }
  /** @type {string[][]} */
  const rows = [];
  for (const id of piece) (rows[/** @type {number} */ (depth.get(id))] ??= []).push(id);
  const full = rows.filter(Boolean);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0;
    const indices = full.map((_, index) => index);
    for (const index of down ? indices.slice(1) : indices.slice(0, -1).reverse()) {
      settle(full, index, down ? above : below);
    }
  }
  return full;
}

/**
 * Order a row by where its neighbours stand.
 *
 * @param {string[][]} rows
 * @param {number} index
 * @param {Map<string, string[]>} neighbours
 */
function settle(rows, index, neighbours) {
  const place = new Map(rows.flatMap((row) => row.map((id, at) => [id, (at + 0.5) / row.length])));
  const wish = new Map(
    rows[index].map((id) => {
      const near = (neighbours.get(id) ?? []).map((one) => place.get(one) ?? 0.5);
      return [id, near.length > 0 ? near.reduce((sum, one) => sum + one, 0) / near.length : place.get(id) ?? 0.5];
    }),
  );
  rows[index].sort((one, other) => (wish.get(one) ?? 0) - (wish.get(other) ?? 0));
}

/**
 * Longest way from a premise; a circle, which the checker refuses, would stop at its own length.
 *
 * @param {string[]} piece
 * @param {Map<string, string[]>} above
 * @returns {Map<string, number>}
 */
function depths(piece, above) {
  const depth = new Map(piece.map((id) => [id, 0]));
  for (let round = 0; round < piece.length; round += 1) {
    let moved = false;
    for (const id of piece) {
      const needed = Math.max(0, ...(above.get(id) ?? []).map((one) => (depth.get(one) ?? 0) + 1));
      if (needed > (depth.get(id) ?? 0)) {
        depth.set(id, needed);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return depth;
}

/**
 * @param {Link[]} links
 * @param {"claim" | "on"} from
 * @param {"claim" | "on"} to
 * @returns {Map<string, string[]>}
 */
function group(links, from, to) {
  const found = new Map();
  for (const link of links) found.set(link[from], [...(found.get(link[from]) ?? []), link[to]]);
  return found;
}

/**
 * Break rows that are too long for the page.
 *
 * @param {string[][]} rows
 * @param {number} across
 * @returns {string[][]}
 */
function split(rows, across) {
  return rows.flatMap((row) => {
    const parts = Math.ceil(row.length / across);
    const size = Math.ceil(row.length / parts);
    return Array.from({ length: parts }, (_, part) => row.slice(part * size, (part + 1) * size));
  });
}
