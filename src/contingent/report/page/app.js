/**
 * Start: choose the source, load the view, mount the three parts, wire the address.
 */
import { wireAddress } from "./address.js";
import { showFailure } from "./failure.js";
import { fill, make } from "./elements.js";
import { mountArgument } from "./argument/argument.js";
import { mountJobs } from "./jobs.js";
import { mountKeys } from "./keys.js";
import { mountMasthead } from "./masthead.js";
import { chooseSource } from "./source.js";
import { createState } from "./state.js";
import { mountTabs } from "./tabs.js";
import { mountTheatre } from "./theatre/theatre.js";
import { mountWhy } from "./why/why.js";

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function part(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}

/**
 * Mount a part; what goes wrong in one leaves the others standing.
 *
 * @param {HTMLElement} element
 * @param {() => any} mount
 */
async function guarded(element, mount) {
  try {
    await mount();
  } catch (error) {
    console.error(error);
    fill(
      element,
      make("p", {
        class: "failed",
        role: "alert",
        text: `This part could not be drawn: ${error instanceof Error ? error.message : error}`,
      }),
    );
  }
}

async function start() {
  const parts = ["argument", "theatre", "why"].map(part);
  for (const element of parts) fill(element, make("p", { class: "loading", text: "Reading the study" }));
  const source = await chooseSource();
  const view = await source.view();
  const now = Math.max(0, dayOf(view, view.days.now));
  const state = createState({ day: Math.min(now, view.days.count - 1) });
  wireAddress(state, {
    claims: view.claims.map((claim) => claim.id),
    days: view.days.count,
    futures: view.study.futures,
  });
  /** @type {import("./types").Context} */
  const context = { state, source, view };
  if (source.jobs) context.follow = mountJobs(part("jobs"), context);
  document.title = `${view.study.title || view.study.scenario} – Contingent`;
  mountMasthead(part("masthead"), context);
  mountTabs(part("tabs"), state);
  mountKeys(context);
  const [argument, theatre, why] = parts;
  await Promise.all([
    guarded(argument, () => mountArgument(argument, context)),
    guarded(why, () => mountWhy(why, context)),
    guarded(theatre, () => mountTheatre(theatre, context)),
  ]);
  document.documentElement.dataset.ready = "yes";
}

/**
 * @param {import("./types").View} view
 * @param {string} date
 * @returns {number}
 */
function dayOf(view, date) {
  return Math.round((Date.parse(date) - Date.parse(view.days.start)) / 86_400_000);
}

start().catch(showFailure);
