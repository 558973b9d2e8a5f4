/**
 * Labels that do not cover each other: the most important first, each at the first position around
 * its point that is free; what finds no room is left out.
 */

/**
 * @typedef {{key: string, text: string, x: number, y: number, r: number, width: number,
 *   height: number, priority: number, centred?: boolean, far?: boolean}} Wanted
 *   a `centred` label stands on its point, one that may be `far` from it gets a line there
 * @typedef {{key: string, text: string, x: number, y: number, anchor: "start" | "middle" | "end",
 *   leader: string, box: Box}} Placed
 * @typedef {{from: number[], to: number[]}} Line
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

const GAP = 3;
/** Of labels that stand away from their points, pixels. */
const DISTANCES = [12, 20, 30, 42];

/**
 * @param {Wanted[]} wanted
 * @param {Box[]} obstacles
 * @param {{width: number, height: number}} room
 * @returns {Placed[]} y is the middle of the text
 */
export function placeLabels(wanted, obstacles, room) {
  const taken = [...obstacles];
  /** @type {Placed[]} */
  const placed = [];
  const order = [...wanted].sort((one, other) => other.priority - one.priority);
  for (const label of order) {
    for (const { anchor, x, y, box, line } of candidates(label)) {
      if (box.left < 0 || box.top < 0 || box.right > room.width || box.bottom > room.height) continue;
      if (taken.some((other) => meet(box, other))) continue;
      if (line !== null && placed.some((other) => runsThrough(line, other.box))) continue;
      taken.push(box);
      placed.push({ key: label.key, text: label.text, x, y, anchor, leader: line === null ? "" : written(line), box });
      break;
    }
  }
  return placed;
}

/**
 * @param {Wanted} label
 * @returns {Array<{anchor: "start" | "middle" | "end", x: number, y: number, box: Box, line: Line | null}>}
 */
function candidates({ x, y, r, width, height, centred, far: mayBeFar }) {
  const far = r + GAP;
  const near = far * 0.7;
  const up = far + height / 2;
  /** @type {Array<["start" | "middle" | "end", number, number]>} */
  const spots = centred
    ? [["middle", 0, 0]]
    : [
        ["start", far, 0],
        ["end", -far, 0],
        ["middle", 0, -up],
        ["middle", 0, up],
        ["start", near, -up * 0.75],
        ["start", near, up * 0.75],
        ["end", -near, -up * 0.75],
        ["end", -near, up * 0.75],
      ];
  const close = spots.length;
  if (mayBeFar) spots.push(...farther(r));
  return spots.map(([anchor, dx, dy], number) => {
    const start = x + dx - (anchor === "end" ? width : anchor === "middle" ? width / 2 : 0);
    const box = {
      left: start - 1,
      right: start + width + 1,
      top: y + dy - height / 2,
      bottom: y + dy + height / 2,
    };
    return { anchor, x: x + dx, y: y + dy, box, line: number < close ? null : leaderOf(x, y, dx, dy, r, anchor) };
  });
}

/**
 * @param {number} r
 * @returns {Array<["start" | "middle" | "end", number, number]>} twelve directions, ever farther away
 */
function farther(r) {
  return DISTANCES.flatMap((distance) =>
    Array.from({ length: 12 }, (_, turn) => {
      const angle = (turn * Math.PI) / 6;
      const [dx, dy] = [Math.cos(angle) * (r + distance), Math.sin(angle) * (r + distance)];
      const anchor = Math.abs(dx) < 0.3 * (r + distance) ? "middle" : dx > 0 ? "start" : "end";
      return /** @type {["start" | "middle" | "end", number, number]} */ ([anchor, dx, dy]);
    }),
  );
}

/**
 * @returns {Line} from the edge of the point to its label
 */
function leaderOf(x, y, dx, dy, r, anchor) {
  const far = Math.hypot(dx, dy);
  const from = (r - 1) / far;
  const end = anchor === "middle" ? [dx, dy - Math.sign(dy) * 6] : [dx - Math.sign(dx) * 2, dy];
  return { from: [x + dx * from, y + dy * from], to: [x + end[0], y + end[1]] };
}

/** @param {Line} line */
function written({ from, to }) {
  return `M${from.join()}L${to.join()}`;
}

/**
 * @param {Line} line
 * @param {Box} box
 * @returns {boolean} whether some of the line lies in the box
 */
function runsThrough({ from, to }, box) {
  const steps = Math.max(2, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 3));
  return Array.from({ length: steps + 1 }, (_, step) => step / steps).some((part) => {
    const [x, y] = [0, 1].map((axis) => from[axis] + (to[axis] - from[axis]) * part);
    return x > box.left && x < box.right && y > box.top && y < box.bottom;
  });
}

/**
 * @param {Box} one
 * @param {Box} other
 * @returns {boolean}
 */
export function meet(one, other) {
  return (
    one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top
  );
}

/**
 * Move circles that cover each other apart, as little as needed; each is pulled back to where it
 * belongs and never goes further than `far`.
 *
 * @param {Array<{x: number, y: number, r: number}>} circles
 * @param {number} far pixels
 * @returns {Array<{x: number, y: number}>}
 */
export function spread(circles, far) {
  const spots = circles.map(({ x, y }) => ({ x, y }));
  for (let turn = 0; turn < 30; turn++) {
    let moved = false;
    for (let i = 0; i < spots.length; i++) {
      for (let j = i + 1; j < spots.length; j++) {
        const need = circles[i].r + circles[j].r + 1.5;
        let dx = spots[j].x - spots[i].x;
        let dy = spots[j].y - spots[i].y;
        if (Math.abs(dx) >= need || Math.abs(dy) >= need) continue;
        let distance = Math.hypot(dx, dy);
        if (distance >= need) continue;
        if (distance < 0.01) [dx, dy, distance] = [1, 0.3, Math.hypot(1, 0.3)];
        const push = (need - distance) / 2 / distance;
        spots[i].x -= dx * push;
        spots[i].y -= dy * push;
        spots[j].x += dx * push;
        spots[j].y += dy * push;
        moved = true;
      }
    }
    if (!moved) break;
  }
  return spots.map((spot, number) => {
    const { x, y } = circles[number];
    const distance = Math.hypot(spot.x - x, spot.y - y);
    if (distance <= far) return spot;
    return { x: x + ((spot.x - x) * far) / distance, y: y + ((spot.y - y) * far) / distance };
  });
}
