/**
 * Where the claims of an argument stand: premises above, what follows from them below.
 * Each connected piece is laid out by itself in layers (Sugiyama's method: longest path, then
 * barycentres), and the pieces are put under each other.
 */

/**
 * @typedef {{claim: string, on: string, sort: string}} Link
 * @typedef {{id: string, x: number, y: number, layer: number}} Spot
 */

export const BOX = { height: 44, across: 10, down: 34 };
/** Of a box, in the units of the drawing: for numbers like C25, and for names of several words. */
export const WIDTHS = { short: 80, long: 104 };
const SWEEPS = 8;
const BEND = 10;
const APART = 30;

/**
 * @param {Link[]} links
 * @param {string[]} order
 * @param {number} wide of each box
 * @returns {{spots: Map<string, Spot>, ways: Map<string, {x: number, y: number}[]>, width: number, height: number}}
 *     where each claim stands, and by which points each link of several layers goes
 */
export function layOut(links, order, wide) {
  /** @type {Map<string, Spot>} */
  const spots = new Map();
  /** @type {Map<string, {x: number, y: number}[]>} */
  const ways = new Map();
  let top = 0;
  let width = 0;
  for (const piece of connected(links, order)) {
    const rows = arranged(piece, links);
    const most = Math.max(...rows.map((row) => extent(row, wide)));
    rows.forEach((row, layer) => {
      const y = top + layer * (BOX.height + BOX.down);
      let x = (most - extent(row, wide)) / 2;
      for (const id of row) {
        const key = bendOf(id);
        if (key === null) spots.set(id, { id, layer, x, y });
        else ways.set(key, [...(ways.get(key) ?? []), { x: x + BEND / 2, y: y + BOX.height / 2 }]);
        x += widthOf(id, wide) + BOX.across;
      }
    });
    width = Math.max(width, most);
    top += rows.length * (BOX.height + BOX.down) - BOX.down + APART;
  }
  return { spots, ways, width, height: Math.max(0, top - APART) };
}

/** @param {Link} link */
export function linkKey({ on, claim }) {
  return `${on}\u0000${claim}`;
}

/** @param {string} id */
function bendOf(id) {
  return id.startsWith("\u0001") ? id.slice(id.indexOf("\u0002") + 1) : null;
}

/**
 * @param {string} id
 * @param {number} wide
 */
function widthOf(id, wide) {
  return bendOf(id) === null ? wide : BEND;
}

/**
 * @param {string[]} row
 * @param {number} wide
 */
function extent(row, wide) {
  return row.reduce((sum, id) => sum + widthOf(id, wide) + BOX.across, -BOX.across);
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
      depth.set(
        id,
        Math.max(0, Math.min(...followers.map((one) => /** @type {number} */ (depth.get(one)))) - 1),
      );
    }
  }
  /** @type {string[][]} */
  const rows = [];
  for (const id of piece) (rows[/** @type {number} */ (depth.get(id))] ??= []).push(id);
  const full = rows.filter(Boolean);
  for (const link of inside) bend(link, full, above, below);
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
 * Put a point into every row that a link passes, so that it goes around the boxes.
 *
 * @param {Link} link
 * @param {string[][]} rows
 * @param {Map<string, string[]>} above
 * @param {Map<string, string[]>} below
 */
function bend(link, rows, above, below) {
  const [first, last] = [link.on, link.claim].map((id) => rows.findIndex((row) => row.includes(id)));
  let before = link.on;
  for (let layer = first + 1; layer < last; layer += 1) {
    const point = `\u0001${layer}\u0002${linkKey(link)}`;
    rows[layer].push(point);
    above.set(point, [before]);
    below.set(before, [...(below.get(before) ?? []), point]);
    before = point;
  }
  if (before !== link.on) {
    below.set(before, [link.claim]);
    above.set(link.claim, [...(above.get(link.claim) ?? []), before]);
  }
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
      return [
        id,
        near.length > 0 ? near.reduce((sum, one) => sum + one, 0) / near.length : (place.get(id) ?? 0.5),
      ];
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
