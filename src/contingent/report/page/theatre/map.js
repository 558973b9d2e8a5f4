/**
 * The map: ground and routes below, what moves on a canvas above them, places and labels on top.
 */
import { draw, fill, make } from "../elements.js";
import { createCard } from "./card.js";
import { drawGround, loadGround, namesOf } from "./ground.js";
import { patternDefs } from "./ink.js";
import { createLabels } from "./names.js";
import { spread } from "./labels.js";
import { createMoving } from "./moving.js";
import { createPlaces } from "./places.js";
import { createRoutes } from "./routes.js";

const PREFIX = "actor";
const MARGIN = 18;
const FURTHEST = 16;
const STEP_IN = 1.6;
/** Room of the zoom buttons in the lower right corner, pixels. */
const BUTTONS = { width: 112, height: 42 };

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 * @param {import("./scene.js").Scene} scene
 */
export async function createMap(element, context, scene) {
  const { view, state } = context;
  const { region } = view.theatre;
  const ground = await loadGround(region);
  const under = draw("svg", { class: "map-layer map-ground", "aria-hidden": "true" });
  const groundGroup = draw("g");
  const routeGroup = draw("g");
  under.append(groundGroup, routeGroup);
  const canvas = make("canvas", { class: "map-layer map-moving", "aria-hidden": "true" });
  const over = draw("svg", { class: "map-layer map-marks", role: "group", "aria-label": "Places" });
  const names = draw("g", { class: "map-names", "aria-hidden": "true" });
  const leaders = draw("path", { class: "map-leaders" });
  const placeGroup = draw("g");
  over.append(patternDefs(scene.actors, PREFIX), leaders, names, placeGroup);
  const card = createCard(scene, context, PREFIX);
  const frame = make("div", {
    class: ground === null ? "map nowhere" : "map",
    "data-testid": "map",
    tabindex: "0",
    role: "group",
    "aria-label": `Map of ${view.theatre.title ?? "the theatre"}. Left and right arrows step days, plus and minus zoom, tab goes through the places.`,
  });
  frame.append(under, canvas, over, card.element);
  frame.style.setProperty("--aspect", aspectOf(region).toFixed(3));
  const note = ground === null ? "A place that does not exist: positions only, on a plain graticule." : ground.note;
  fill(element, frame);

  const moving = createMoving(canvas, scene);
  const routes = createRoutes(routeGroup, scene);
  const labels = createLabels(names, scene, namesOf(ground));
  const places = createPlaces(placeGroup, scene, PREFIX, {
    enter: (place) => card.show(place, spots[place], size),
    leave: () => card.hide(),
  });

  let size = { width: 0, height: 0 };
  let projection = d3.geoMercator();
  let transform = d3.zoomIdentity;
  let chosen = new Set();
  let time = state.get().day;
  let still = true;
  /** @type {Array<{x: number, y: number}>} */
  let spots = [];

  function arrange() {
    const true_ = scene.places.map(({ lon, lat }) => transform.apply(projection([lon, lat])));
    const circles = true_.map(([x, y], number) => ({ x, y, r: places.radii[number] }));
    spots = spread(circles, FURTHEST);
    groundGroup.setAttribute("transform", transform.toString());
    frame.classList.toggle("near", transform.k > 1);
    routes.move(spots);
    places.move(spots);
    leaders.setAttribute("d", leaderPath(circles, spots));
    const corner = { left: size.width - BUTTONS.width, right: size.width, top: size.height - BUTTONS.height, bottom: size.height };
    const named = labels.arrange({ spots, radii: places.radii, size, chosen, projection, transform, taken: [corner] });
    moving.move(spots, places.radii, named);
    moving.draw(time, still);
  }

  function refresh() {
    const day = Math.min(scene.days - 1, Math.floor(time));
    places.show(day);
    card.refresh(day);
    moving.draw(time, still);
  }

  const zoom = d3
    .zoom()
    .scaleExtent([0.7, 14])
    .filter(mayZoom)
    .on("zoom", (event) => {
      transform = event.transform;
      card.hide();
      arrange();
    });
  const surface = d3.select(frame);
  surface.call(zoom).on("dblclick.zoom", null);

  /** Wheel and single fingers scroll the page until the map is clicked or looked into. */
  function mayZoom(event) {
    if (event.type === "wheel") return event.ctrlKey || event.metaKey || frame.contains(document.activeElement);
    if (event.type.startsWith("touch")) return event.touches.length > 1 || transform.k > 1;
    return !event.ctrlKey && event.button === 0;
  }

  function resize() {
    const box = frame.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return;
    if (box.width === size.width && box.height === size.height) return;
    size = { width: box.width, height: box.height };
    projection = fitted(region, size);
    const span = [[-size.width, -size.height], [2 * size.width, 2 * size.height]];
    zoom.extent([[0, 0], [size.width, size.height]]).translateExtent(span);
    moving.resize(size.width, size.height);
    drawGround(groundGroup, ground, projection, region);
    arrange();
  }
  new ResizeObserver(resize).observe(frame);
  new MutationObserver(() => {
    moving.recolour();
    moving.draw(time, still);
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });

  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const zoomBy = (factor) => surface.transition().duration(calm ? 0 : 200).call(zoom.scaleBy, factor);
  const whole = () => surface.transition().duration(calm ? 0 : 250).call(zoom.transform, d3.zoomIdentity);
  frame.append(zoomButtons(zoomBy, whole));
  frame.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") zoomBy(STEP_IN);
    else if (event.key === "-") zoomBy(1 / STEP_IN);
    else if (event.key === "0") whole();
    else if (event.key === "Escape") card.hide();
    else return;
    event.preventDefault();
  });
  resize();

  return {
    note,
    /** whether the ground tells settled from open */
    settled: Boolean(ground?.topology.objects.settled),
    /**
     * @param {number} now day and the part of it that is gone
     * @param {boolean} calmly without movement inside the day
     */
    draw(now, calmly) {
      const newDay = Math.floor(now) !== Math.floor(time);
      time = now;
      still = calmly;
      if (newDay) refresh();
      else moving.draw(time, still);
    },
    refresh,
    /** @param {Set<number>} next */
    choose(next) {
      chosen = next;
      places.ring(chosen);
      arrange();
    },
  };
}

/**
 * @param {{west: number, south: number, east: number, north: number}} region
 * @returns {number} width by height of a map that leaves room for labels around the region
 */
function aspectOf({ west, south, east, north }) {
  const middle = (((south + north) / 2) * Math.PI) / 180;
  const own = ((east - west) * Math.cos(middle)) / (north - south);
  return Math.min(1.75, Math.max(1, own / 1.3));
}

/**
 * @param {any} region
 * @param {{width: number, height: number}} size
 * @returns {any} a projection that shows the whole region
 */
function fitted(region, { width, height }) {
  const { west, south, east, north } = region;
  const corners = [[west, south], [east, south], [east, north], [west, north]];
  const margin = Math.min(MARGIN, width / 10, height / 10);
  const room = [[margin, margin], [width - margin, height - Math.max(margin, Math.min(BUTTONS.height, height / 5))]];
  return d3.geoMercator().fitExtent(room, { type: "MultiPoint", coordinates: corners });
}

/**
 * @param {Array<{x: number, y: number}>} from
 * @param {Array<{x: number, y: number}>} to
 * @returns {string} lines from where places lie to where they are drawn
 */
function leaderPath(from, to) {
  return from
    .map(({ x, y }, number) => {
      const far = Math.hypot(to[number].x - x, to[number].y - y);
      return far < 6 ? "" : `M${x},${y}L${to[number].x},${to[number].y}`;
    })
    .join("");
}

/**
 * @param {(factor: number) => void} zoomBy
 * @param {() => void} whole
 * @returns {HTMLElement}
 */
function zoomButtons(zoomBy, whole) {
  const button = (text, label, onclick) =>
    make("button", { type: "button", text, "aria-label": label, title: label, onclick });
  return make(
    "div",
    { class: "map-zoom" },
    button("+", "Zoom in", () => zoomBy(STEP_IN)),
    button("−", "Zoom out", () => zoomBy(1 / STEP_IN)),
    button("⤢", "Show the whole theatre", whole),
  );
}
