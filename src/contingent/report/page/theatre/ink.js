/**
 * Colour and pattern of each actor, in SVG, on canvas and in the legend. Colours come from the
 * page's custom properties, so that both themes have their own.
 */
import { draw } from "../elements.js";

export const TILE = 6;
/** Solid, stripes four ways, dots, crosses, grid: path and width of the ink on a tile. */
const TEXTURES = [
  null,
  ["M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2", 1.3],
  ["M1.5,1.5 h0.01 M4.5,4.5 h0.01", 2],
  ["M1.5,0 v6 M4.5,0 v6", 1],
  ["M-1,5 l2,2 M0,0 l6,6 M5,-1 l2,2", 1.3],
  ["M0,1.5 h6 M0,4.5 h6", 1],
  ["M0,0 l6,6 M0,6 l6,-6", 1],
  ["M0,3 h6 M3,0 v6", 1.1],
];

/**
 * Actors of one colour differ by texture, and so do the leading actors of all colours.
 *
 * @param {{colour: number, pattern: number}} actor
 * @returns {[string, number] | null}
 */
function textureOf({ colour, pattern }) {
  return /** @type {[string, number] | null} */ (TEXTURES[(colour + 3 * pattern) % TEXTURES.length]);
}

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
        inked(textureOf(actor)),
      ),
    ),
  );
}

/**
 * @param {[string, number] | null} texture
 */
function inked(texture) {
  return texture && draw("path", { d: texture[0], "stroke-width": texture[1], class: "pattern-ink" });
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
    flag: value("--history"),
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
  return actors.map((actor) => {
    const plain = colours.actors[actor.colour % 8];
    const texture = textureOf(actor);
    if (texture === null) return plain;
    const tile = document.createElement("canvas");
    tile.width = TILE;
    tile.height = TILE;
    const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
    pen.fillStyle = plain;
    pen.fillRect(0, 0, TILE, TILE);
    pen.strokeStyle = colours.paper;
    pen.lineCap = "round";
    pen.lineWidth = texture[1];
    pen.stroke(new Path2D(texture[0]));
    return context.createPattern(tile, "repeat") ?? plain;
  });
}
