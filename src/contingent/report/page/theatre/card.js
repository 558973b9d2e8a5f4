/**
 * What is known of the place that is pointed at: who holds it, who fights there, and with how many
 * (in one future, where the source has the numbers; over all futures, where the study kept them).
 */
import { fill, make } from "../elements.js";
import { swatch } from "./ink.js";
import { percent } from "./places.js";

const MOST = 5;
/** Pixels from the middle of a place, and from the edge of the map. */
const AWAY = 16;
const EDGE = 4;
/** Pixels in which a card can still be read. */
const NARROWEST = 150;

/**
 * @param {import("./scene.js").Scene} scene
 * @param {import("../types").Context} context
 * @param {string} prefix of the patterns
 */
export function createCard(scene, { source, state, view }, prefix) {
  const offered = new Set((view.observables ?? []).map(({ expression }) => expression));
  const element = make("div", { class: "map-card", hidden: true, "data-testid": "place-card" });
  let shown = -1;
  let at = { spot: { x: 0, y: 0 }, size: { width: 0, height: 0 } };
  /** @type {Map<string, Promise<Float32Array | null>>} */
  const fans = new Map();

  /**
   * Middle of the futures' fighters of an actor at a place; null where the source has none.
   *
   * @param {string} expression
   */
  function fighters(expression) {
    if (!offered.has(expression)) return Promise.resolve(null);
    if (!fans.has(expression)) {
      fans.set(expression, source.fan(expression).then((fan) => fan.values, () => null));
    }
    return /** @type {Promise<Float32Array | null>} */ (fans.get(expression));
  }

  function contents(day) {
    const place = scene.places[shown];
    const { slices, contested } = scene.standing(day, shown);
    const rows = slices.slice(0, MOST).map(({ actor, share }) =>
      make(
        "li",
        { "data-actor": actor },
        swatch(prefix, actor, 12),
        make("span", { text: scene.actors[actor].name }),
        scene.played === null && make("span", { class: "number", text: percent(share) }),
      ),
    );
    const rest = slices.slice(MOST).reduce((sum, { share }) => sum + share, 0);
    if (rest > 0) rows.push(make("li", {}, make("span", { text: `${slices.length - MOST} others` }), make("span", { class: "number", text: percent(rest) })));
    if (rows.length === 0) rows.push(make("li", { text: "nobody" }));
    fill(
      element,
      make("p", { class: "card-name" }, make("strong", { text: place.name }), make("span", { class: "quiet", text: ` ${place.kind.replaceAll("-", " ")}${place.airbase && place.kind !== "airbase" ? ", air base" : ""}` })),
      make("p", { class: "quiet", text: scene.played === null ? "held by, in how many futures" : `held by, in future ${state.get().future}` }),
      make("ul", {}, rows),
      foughtOver(scene, shown, day, contested),
      standThere(scene, shown, day),
    );
    if (scene.played === null) addFighters(day, slices.slice(0, 3).map(({ actor }) => actor));
  }

  async function addFighters(day, actors) {
    const place = shown;
    const found = await Promise.all(
      actors.map((actor) => fighters(`fighters(${scene.actors[actor].id}, ${scene.places[place].id})`)),
    );
    if (shown !== place || Math.floor(state.get().day) !== day) return;
    const words = actors
      .map((actor, row) => [scene.actors[actor].name, found[row]])
      .filter(([, values]) => values !== null)
      .map(([name, values]) => {
        const count = (quantile) => Math.round(values[quantile * view.days.count + day]).toLocaleString("en");
        return `${name} ${count(2)} (${count(0)} to ${count(4)})`;
      });
    if (words.length === 0 || element.querySelector(".card-fighters")) return;
    element.append(make("p", { class: "card-fighters quiet", text: `fighters here, middle of all futures (9 of 10 between): ${words.join("; ")}` }));
    stand();
  }

  /** Beside the place, on the side that has more room, or above or below it; wholly inside the map. */
  function stand() {
    const { spot, size } = at;
    element.style.maxWidth = "";
    const wide = element.offsetWidth;
    const beside = Math.max(spot.x, size.width - spot.x) - AWAY - EDGE;
    const upright = Math.max(spot.y, size.height - spot.y) - AWAY - EDGE;
    const over = wide > beside && element.offsetHeight <= upright;
    if (wide > beside && !over) element.style.maxWidth = `${Math.max(beside, NARROWEST)}px`;
    const { offsetWidth: width, offsetHeight: height } = element;
    const right = spot.x <= size.width / 2;
    const below = spot.y <= size.height / 2;
    const left = over ? spot.x - width / 2 : right ? spot.x + AWAY : spot.x - AWAY - width;
    const near = over ? AWAY : -8;
    const top = below ? spot.y + near : spot.y - near - height;
    element.style.left = `${Math.max(EDGE, Math.min(left, size.width - width - EDGE))}px`;
    element.style.top = `${Math.max(EDGE, Math.min(top, size.height - height - EDGE))}px`;
  }

  return {
    element,
    /**
     * @param {number} place
     * @param {{x: number, y: number}} spot
     * @param {{width: number, height: number}} size
     */
    show(place, spot, size) {
      shown = place;
      element.hidden = false;
      contents(state.get().day);
      at = { spot, size };
      stand();
    },
    hide() {
      shown = -1;
      element.hidden = true;
    },
    /** @param {number} day */
    refresh(day) {
      if (shown < 0) return;
      contents(day);
      stand();
    },
  };
}

/**
 * @param {import("./scene.js").Scene} scene
 * @param {number} place
 * @param {number} day
 * @param {number} contested
 * @returns {HTMLElement | null}
 */
function foughtOver(scene, place, day, contested) {
  if (scene.played === null) {
    return contested > 0 ? make("p", { text: `fought over in ${percent(contested)} of futures` }) : null;
  }
  const fight = scene.played.fight(day, place);
  const said = [
    fight.assaulted ? `under assault, ${percent(fight.progress)} of the way in` : null,
    !fight.assaulted && fight.contested ? "fought over" : null,
    !fight.contested && fight.outskirts ? "fought over in its outskirts" : null,
    fight.sorties > 0 ? `${fight.sorties} sorties` : null,
  ].filter(Boolean);
  return said.length > 0 ? make("p", { text: said.join("; ") }) : null;
}

/**
 * @param {import("./scene.js").Scene} scene
 * @param {number} place
 * @param {number} day
 * @returns {HTMLElement | null}
 */
function standThere(scene, place, day) {
  const found = scene.played?.fighters(day, place) ?? null;
  if (found === null) return null;
  const words = found
    .slice(0, MOST)
    .map(({ actor, fighters }) => `${scene.actors[actor].name} ${fighters.toLocaleString("en", { maximumSignificantDigits: 3 })}`);
  const said = words.length > 0 ? `fighters here: ${words.join("; ")}` : "no fighters here";
  return make("p", { class: "card-fighters quiet", text: said });
}
