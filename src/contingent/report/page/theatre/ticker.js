/**
 * What has happened up to the day: the events of the future that is played, or the reports when all
 * futures are shown.
 */
import { fill, make } from "../elements.js";
import { worded } from "../naming.js";
import { dayOf, spoken, spokenDay } from "./days.js";

const MOST = 40;
const QUIET = new Set(["column", "found", "strength"]);

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 * @param {import("./scene.js").Scene} scene
 */
export function mountTicker(element, { state, view }, scene) {
  const title = make("h3", {});
  const all = make("input", { type: "checkbox", onchange: () => show(true) });
  const everything = make("label", { class: "quiet" }, all, " marches and strengths too");
  const list = make("ol", {});
  const log = make("div", { class: "ticker-list", "data-testid": "ticker", role: "log", tabindex: "0", "aria-label": "What happens" }, list);
  fill(element, make("div", { class: "row" }, title, everything), log);
  const reports = [...view.theatre.reports]
    .map((report) => ({ ...report, day: dayOf(view, report.on) }))
    .sort((one, other) => one.day - other.day || one.published.localeCompare(other.published));
  let shown = "";

  function rows(day) {
    if (scene.played === null) {
      return reports
        .filter((report) => report.day <= day)
        .map((report) => ({
          day: report.day,
          kind: "report",
          when: spoken(report.on),
          says: report.says,
          more: sourceOf(report, view.days.now),
        }));
    }
    return scene.played.events
      .filter((event) => event.day <= day && (all.checked || !QUIET.has(event.kind)))
      .map((event) => ({ ...event, when: spokenDay(view, event.day), more: "" }));
  }

  function show(anew = false) {
    const { day, playing, future } = state.get();
    log.setAttribute("aria-live", playing ? "off" : "polite");
    const found = rows(day);
    const key = `${future}:${found.length}`;
    if (key === shown && !anew) return;
    shown = key;
    title.textContent = scene.played === null ? "Reported up to this day" : `Future ${future}: what happens`;
    everything.hidden = scene.played === null;
    const recent = found.slice(-MOST).reverse();
    fill(
      list,
      recent.map(({ when, says, kind, more, day: on }) =>
        make(
          "li",
          { class: `event event-${kind}${on === day ? " today" : ""}` },
          make("time", { text: when }),
          make("span", { text: says.charAt(0).toUpperCase() + says.slice(1) }),
          more && make("span", { class: "quiet", text: more }),
        ),
      ),
      recent.length === 0 && make("li", { class: "quiet", text: scene.played === null ? "Nothing reported yet." : "Nothing yet." }),
    );
    log.scrollTop = 0;
  }
  state.on(["day", "playing"], () => show());
  show();
  return { show };
}

/**
 * @param {{by: string, published: string, grade: string | null}} report
 * @param {string} now the fence
 * @returns {string}
 */
function sourceOf({ by, published, grade }, now) {
  const graded = grade ? `, graded ${grade}` : "";
  const late = published > now ? "; after now, so it informs nothing" : "";
  return `${worded(by)}, published ${spoken(published)}${graded}${late}`;
}
