/**
 * What moves, on a canvas: columns on the routes, the progress of assaults, strikes, and places that
 * change hands. Only this is drawn again for each frame.
 */
import { meet } from "./labels.js";
import { along } from "./scene.js";
import { canvasPatterns, readColours } from "./ink.js";

const FLASH_DAYS = 2;
/** Days for which a flag stands where somebody has stepped in. */
const FLAG_DAYS = 14;
const TURN = 2 * Math.PI;
const NUMBERS = "600 10px system-ui, sans-serif";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./scene.js").Scene} scene
 */
export function createMoving(canvas, scene) {
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let size = { width: 0, height: 0, scale: 1 };
  /** @type {Array<{x: number, y: number}>} */
  let spots = [];
  /** @type {number[]} */
  let radii = [];
  /** @type {import("./labels.js").Box[]} */
  let named = [];
  let colours = readColours(canvas);
  let patterns = canvasPatterns(pen, scene.actors, colours);
  let drawn = false;

  return {
    resize(width, height) {
      size = { width, height, scale: window.devicePixelRatio || 1 };
      canvas.width = Math.round(width * size.scale);
      canvas.height = Math.round(height * size.scale);
    },
    /**
     * @param {Array<{x: number, y: number}>} nextSpots of the places
     * @param {number[]} nextRadii of the places
     * @param {import("./labels.js").Box[]} nextNamed where names stand: no number is written there
     */
    move(nextSpots, nextRadii, nextNamed) {
      named = nextNamed;
      spots = nextSpots;
      radii = nextRadii;
    },
    recolour() {
      colours = readColours(canvas);
      patterns = canvasPatterns(pen, scene.actors, colours);
    },
    /**
     * @param {number} time day and the part of it that is gone
     * @param {boolean} still no movement within the day
     */
    draw(time, still) {
      const { played } = scene;
      if (drawn) pen.clearRect(0, 0, canvas.width, canvas.height);
      drawn = played !== null;
      if (played === null || spots.length === 0) return;
      pen.setTransform(size.scale, 0, 0, size.scale, 0, 0);
      const day = Math.min(scene.days - 1, Math.floor(time));
      const part = still ? 0 : time - day;
      const tools = { pen, spots, radii, named, colours, patterns, part, day, still };
      drawFights(tools, played);
      drawFlags(tools, flagsOn(played, scene.placeNumbers, day));
      drawColumns(tools, played);
      drawTakings(tools, played, time);
      pen.setTransform(1, 0, 0, 1, 0, 0);
    },
  };
}

/**
 * @param {any} tools
 * @param {import("./scene.js").OneFuture} played
 */
function drawFights({ pen, spots, radii, colours, part, day, still }, played) {
  for (let place = 0; place < spots.length; place++) {
    const fight = played.fight(day, place);
    const { x, y } = spots[place];
    const r = radii[place];
    if (fight.contested || fight.outskirts || fight.assaulted) {
      pen.strokeStyle = colours.contested;
      pen.lineWidth = 1.2;
      pen.setLineDash(fight.contested || fight.assaulted ? [] : [2, 2.5]);
      circle(pen, x, y, r + 5 + (still ? 0 : Math.sin(part * TURN) * 0.7));
      pen.setLineDash([]);
    }
    if (fight.assaulted) {
      pen.lineWidth = 3.4;
      pen.strokeStyle = colours.strike;
      pen.beginPath();
      pen.arc(x, y, r + 5, -TURN / 4, -TURN / 4 + TURN * Math.max(fight.progress, 0.03));
      pen.stroke();
    }
    if (fight.sorties > 0) drawStrikes(pen, x, y, r + 9, fight.sorties, still ? 0.5 : part, colours);
  }
}

/**
 * Strikes as short rays that run towards the place, more of them for more sorties.
 */
function drawStrikes(pen, x, y, from, sorties, part, colours) {
  const rays = Math.min(10, 1 + Math.round(2 * Math.log2(sorties + 1)));
  pen.strokeStyle = colours.strike;
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (let ray = 0; ray < rays; ray++) {
    const angle = (ray / rays) * TURN + 0.4;
    const phase = (part + ray * 0.37) % 1;
    const start = from + 7 * (1 - phase);
    pen.moveTo(x + Math.cos(angle) * (start + 4), y + Math.sin(angle) * (start + 4));
    pen.lineTo(x + Math.cos(angle) * start, y + Math.sin(angle) * start);
  }
  pen.stroke();
}

/**
 * Where somebody has stepped in lately.
 *
 * @param {import("./scene.js").OneFuture} played
 * @param {Map<string, number>} placeNumbers
 * @param {number} day
 * @returns {number[]} numbers of places
 */
export function flagsOn(played, placeNumbers, day) {
  const found = played.events
    .filter(({ kind, day: on }) => kind === "intervention" && on <= day && day < on + FLAG_DAYS)
    .map(({ place }) => placeNumbers.get(place ?? ""));
  return [...new Set(found)].filter((number) => number !== undefined);
}

/**
 * A flag on a pole beside each place.
 *
 * @param {any} tools
 * @param {number[]} places
 */
function drawFlags({ pen, spots, radii, colours }, places) {
  for (const place of places) {
    const x = spots[place].x - radii[place] * 0.7;
    const y = spots[place].y - radii[place] * 0.7;
    pen.beginPath();
    pen.moveTo(x, y - 20);
    pen.lineTo(x - 13, y - 15.5);
    pen.lineTo(x, y - 11);
    pen.closePath();
    pen.fillStyle = colours.flag;
    pen.fill();
    pen.lineWidth = 1.4;
    pen.strokeStyle = colours.ink;
    pen.stroke();
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x, y - 20.5);
    pen.stroke();
  }
}

/**
 * @param {any} tools
 * @param {import("./scene.js").OneFuture} played
 */
function drawColumns({ pen, spots, named, colours, patterns, part, day, still }, played) {
  const shown = still
    ? played.columns(day)
    : played.marches(day).map((march) => ({ ...march, ...along(march, part) }));
  /** @type {Array<[number, number, number]>} */
  const labels = [];
  for (const { actor, from, to, share, fighters, struck } of shown) {
    const start = spots[from];
    const end = spots[to];
    if (start === undefined || end === undefined) continue;
    const angle = Math.atan2(end.y - start.y, end.x - start.x);
    const aside = 2.5;
    const x = start.x + (end.x - start.x) * share - Math.sin(angle) * aside;
    const y = start.y + (end.y - start.y) * share + Math.cos(angle) * aside;
    const long = 3.5 + Math.min(6, Math.sqrt(fighters) / 11);
    pen.save();
    pen.translate(x, y);
    pen.rotate(angle);
    pen.beginPath();
    pen.moveTo(long, 0);
    pen.lineTo(-long * 0.8, -long * 0.75);
    pen.lineTo(-long * 0.35, 0);
    pen.lineTo(-long * 0.8, long * 0.75);
    pen.closePath();
    pen.fillStyle = patterns[actor];
    pen.fill();
    pen.lineWidth = 1;
    pen.strokeStyle = colours.ink;
    pen.stroke();
    pen.restore();
    if (struck) drawStrikes(pen, x, y, long + 1, 3, still ? 0.5 : part, colours);
    if (fighters >= 500) labels.push([x, y - long - 4, Math.round(fighters / 10) * 10]);
  }
  writeNumbers(pen, labels, named, colours);
}

/**
 * How many march in the larger columns, where there is room.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Array<[number, number, number]>} labels x, y, fighters
 * @param {import("./labels.js").Box[]} named
 * @param {import("./ink.js").Colours} colours
 */
function writeNumbers(pen, labels, named, colours) {
  pen.font = NUMBERS;
  pen.textAlign = "center";
  pen.lineWidth = 3;
  pen.strokeStyle = colours.paper;
  pen.fillStyle = colours.ink;
  for (const [x, y, fighters] of labels) {
    const box = { left: x - 15, right: x + 15, top: y - 9, bottom: y + 2 };
    if (named.some((other) => meet(box, other))) continue;
    const text = fighters.toLocaleString("en");
    pen.strokeText(text, x, y);
    pen.fillText(text, x, y);
  }
}

/**
 * A ring that widens where a place has just changed hands.
 *
 * @param {any} tools
 * @param {import("./scene.js").OneFuture} played
 * @param {number} time
 */
function drawTakings({ pen, spots, radii, colours, day, still }, played, time) {
  for (let place = 0; place < spots.length; place++) {
    for (let back = 0; back < FLASH_DAYS && day - back > 0; back++) {
      const since = day - back;
      if (played.holder(since, place) === played.holder(since - 1, place)) continue;
      const age = still ? 0.5 : (time - since) / FLASH_DAYS;
      pen.globalAlpha = Math.max(0, 1 - age);
      pen.strokeStyle = colours.ink;
      pen.lineWidth = 2.5;
      circle(pen, spots[place].x, spots[place].y, radii[place] + 6 + 16 * age);
      pen.globalAlpha = 1;
      break;
    }
  }
}

function circle(pen, x, y, r) {
  pen.beginPath();
  pen.arc(x, y, Math.max(r, 0.5), 0, TURN);
  pen.stroke();
}
