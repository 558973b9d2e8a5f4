/**
 * What stands in place of the page when its study cannot be shown: why, and what to do next.
 */
import { fill, make } from "./elements.js";
import { ask, listed } from "./live.js";
import { studyNames } from "./naming.js";
import { createState } from "./state.js";
import { mountTheme } from "./theme.js";

/**
 * @param {any} error
 */
export async function showFailure(error) {
  console.error(error);
  const place = document.getElementById("parts");
  if (place === null) return;
  head();
  const empty = error?.empty === true;
  const said = error instanceof Error ? error.message : String(error);
  const more = make("div", {});
  place.classList.add("nothing");
  fill(
    place,
    make(
      "div",
      { class: empty ? "empty" : "failed", role: "alert", "data-testid": "failure" },
      make("h2", { text: empty ? "There is no study to show yet" : "This study could not be shown" }),
      make("p", {
        text: empty ? "A study is made by playing a scenario. Make one, then reload:" : sentence(said),
      }),
      empty && make("p", {}, make("code", { text: "contingent run palmyra-2016" })),
      more,
    ),
  );
  document.documentElement.dataset.ready = "failed";
  if (!empty && isLive()) await offerOthers(more);
}

/** The head of a page without a study: whose page it is, and light or dark. */
function head() {
  const place = document.getElementById("masthead");
  document.getElementById("tabs")?.setAttribute("hidden", "");
  if (place === null || place.querySelector(".actions") !== null) return;
  fill(
    place,
    make("span", { class: "brand", text: "Contingent" }),
    make("p", { class: "facts", text: "Arguments, played out as futures" }),
    make("div", { class: "actions" }, mountTheme(createState())),
  );
}

/**
 * @param {string} words
 * @returns {string} with a capital and a full stop
 */
function sentence(words) {
  const upper = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(upper) ? upper : `${upper}.`;
}

/** @returns {boolean} */
function isLive() {
  const meta = document.querySelector('meta[name="contingent-source"]');
  return meta?.getAttribute("content") === "live" && !new URLSearchParams(location.search).has("data");
}

/**
 * @param {HTMLElement} place
 */
async function offerOthers(place) {
  try {
    const studies = listed(await ask("/api/studies"), "studies");
    const here = new URLSearchParams(location.search).get("study") ?? studies[0]?.id;
    const others = studies.filter((study) => study.id !== here);
    if (others.length === 0) return;
    const names = studyNames(others);
    fill(
      place,
      make("p", { text: "Other studies:" }),
      make(
        "ul",
        {},
        others.map((study) =>
          make(
            "li",
            {},
            make("a", { href: `?study=${encodeURIComponent(study.id)}`, text: names.get(study.id) }),
          ),
        ),
      ),
    );
  } catch {
    /* the server is away; what went wrong is said already */
  }
}
