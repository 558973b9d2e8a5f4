/**
 * Colour and pattern of each actor, in SVG, on canvas and in the legend. Colours come from the
 * page's custom properties, so that both themes have their own.
 */
import { draw } from "../elements.js";

export const TILE = 6;
const STRIPES = [
  [],
  [["M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2", 1.6]],
  [["M1.5,1.5 h0.01 M4.5,4.5 h0.01", 2.2]],
  [["M0,3 h6 M3,0 v6", 1.2]],
];

/**
 * Pattern definitions for SVG fills; `fillOf` names them.
 *
 * @param {Array<{id: string, colour: number, pattern: number}>} actors
 * @param {string} prefix makes the names unique in the document
 * @returns {SVGDefsElement}
 */
export function patternDefs(actors, prefix) {
  return draw(
    "defs",
    {},
    actors.map((actor, number) =>
      draw(
        "pattern",
        { id: `${prefix}-${number}`, width: TILE, height: TILE, patternUnits: "userSpaceOnUse" },
        draw("rect", { width: TILE, height: TILE, class: `fill-actor-${actor.colour % 8}` }),
        STRIPES[actor.pattern % STRIPES.length].map(([path, width]) =>
          draw("path", { d: path, "stroke-width": width, class: "pattern-ink" }),
        ),
      ),
    ),
  );
}

/**
 * @param {string} prefix
 * @param {number} actor
 * @returns {string}
 */
export function fillOf(prefix, actor) {
  return `url(#${prefix}-${actor})`;
}

/**
 * A small square in an actor's colour and pattern.
 *
 * @param {string} prefix
 * @param {number} actor
 * @param {number} [size] pixels
 * @returns {SVGSVGElement}
 */
export function swatch(prefix, actor, size = 14) {
  const box = { x: 0.5, y: 0.5, width: size - 1, height: size - 1, rx: 2 };
  return draw(
    "svg",
    { width: size, height: size, class: "swatch", "aria-hidden": "true" },
    draw("rect", { ...box, fill: fillOf(prefix, actor), class: "swatch-edge" }),
  );
}

/**
 * The colours the canvas needs, read from the page; call again when the theme changes.
 *
 * @param {Element} element
 */
export function readColours(element) {
  const style = getComputedStyle(element);
  const value = (name) => style.getPropertyValue(name).trim();
  return {
    actors: Array.from({ length: 8 }, (_, number) => value(`--actor-${number}`)),
    ink: value("--ink"),
    paper: value("--paper"),
    contested: value("--contested"),
    strike: value("--fault"),
  };
}

/** @typedef {ReturnType<typeof readColours>} Colours */

/**
 * The same patterns for a canvas, one for each actor.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Array<{colour: number, pattern: number}>} actors
 * @param {Colours} colours
 * @returns {Array<CanvasPattern | string>}
 */
export function canvasPatterns(context, actors, colours) {
  return actors.map(({ colour, pattern }) => {
    const plain = colours.actors[colour % 8];
    if (pattern % STRIPES.length === 0) return plain;
    const tile = document.createElement("canvas");
    tile.width = TILE;
    tile.height = TILE;
    const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
    pen.fillStyle = plain;
    pen.fillRect(0, 0, TILE, TILE);
    pen.strokeStyle = colours.paper;
    pen.lineCap = "round";
    for (const [path, width] of STRIPES[pattern % STRIPES.length]) {
      pen.lineWidth = /** @type {number} */ (width);
      pen.stroke(new Path2D(/** @type {string} */ (path)));
    }
    return context.createPattern(tile, "repeat") ?? plain;
  });
}
