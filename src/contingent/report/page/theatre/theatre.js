/**
 * The theatre: the middle part of the page. Map, player, time bar, events, charts.
 */
import { fill, make } from "../elements.js";
import { mountChooser } from "./chooser.js";
import { mountControls } from "./controls.js";
import { mountFans } from "./fans.js";
import { mountLegend } from "./legend.js";
import { createMap } from "./map.js";
import { createPlayer } from "./player.js";
import { createScene, placesOf } from "./scene.js";
import { mountTicker } from "./ticker.js";
import { mountTimeBar } from "./timebar.js";

/** Milliseconds before the page says that it is waiting. */
const PATIENCE = 250;

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 */
export async function mountTheatre(element, context) {
  const { state, source, view } = context;
  if (view.theatre.places.length === 0) {
    fill(element, make("p", { class: "empty", text: "This theatre has no places, so there is no map to draw." }));
    return;
  }
  const [shares, contested] = await Promise.all([source.frame("holder_shares"), source.frame("contested_share")]);
  const scene = createScene(view, shares, contested);
  const part = (name) => make("div", { class: `theatre-${name}` });
  const parts = Object.fromEntries(
    ["head", "chooser", "map", "legend", "fault", "controls", "timebar", "ticker", "fans"].map((name) => [name, part(name)]),
  );
  parts.head.append(make("h2", { text: "Theatre" }), parts.chooser);
  const { head, map: mapPart, fault, controls, timebar, ticker, fans, legend } = parts;
  const cover = make("p", { class: "empty", text: "What the model plays stays covered until it is revealed." });
  const covering = () => {
    const { guessing, revealed } = state.get();
    element.classList.toggle("covered", guessing && !revealed);
    cover.hidden = !guessing || revealed;
  };
  state.on(["guessing", "revealed"], covering);
  covering();
  fill(element, head, cover, mapPart, legend, fault, controls, timebar, ticker, fans);

  const map = await createMap(mapPart, context, scene);
  const player = createPlayer(context, map.draw);
  mountChooser(parts.chooser, context);
  mountControls(controls, context, player);
  const bar = mountTimeBar(timebar, context, scene);
  const told = mountTicker(ticker, context, scene);
  mountFans(fans, context);
  mountLegend(legend, scene, "actor", map.settled, map.note);

  const choose = () => {
    const claim = view.claims.find(({ id }) => id === state.get().claim);
    map.choose(placesOf(claim, scene.placeNumbers));
  };
  state.on("claim", choose);
  choose();

  async function takeFuture() {
    const { future } = state.get();
    fault.replaceChildren();
    const waiting = setTimeout(() => fill(fault, make("p", { class: "loading", role: "status", text: `Playing future ${future} again` })), PATIENCE);
    try {
      const playback = future === null ? null : await source.future(future);
      clearTimeout(waiting);
      if (state.get().future !== future) return;
      fault.replaceChildren();
      scene.play(playback);
    } catch (error) {
      clearTimeout(waiting);
      if (state.get().future !== future) return;
      scene.play(null);
      const words = error instanceof Error ? error.message : String(error);
      fill(fault, make("p", { class: "failed", role: "alert", text: `Future ${future} cannot be played: ${words} The shares of all futures are shown instead.` }));
    }
    element.dataset.mode = scene.played === null ? "shares" : "future";
    map.refresh();
    bar.showEvents();
    told.show(true);
  }
  state.on("future", takeFuture);
  await takeFuture();
}
