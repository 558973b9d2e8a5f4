/**
 * Class mode: each reader guesses before the model is revealed; guesses are kept and compared.
 */
import { announce, fill, make } from "../elements.js";
import { worded } from "../naming.js";
import { headline, outcome, percent, signedPoints } from "../words.js";
import { guessStore } from "./guesses.js";

/** @typedef {import("../types").Claim} Claim */
/** @typedef {{by: string, values: Record<string, number>}} Guess */

/**
 * @param {import("../types").Context} context
 * @returns {{element: HTMLElement, show: () => void}}
 */
export function guessing(context) {
  const { state, view } = context;
  const claims = view.claims.filter((claim) => claim.status === "evaluated" && headline(claim) !== null);
  const store = guessStore(context);
  /** @type {Guess} */
  const mine = { by: "", values: {} };
  const name = make("input", {
    type: "text",
    id: "guess-by",
    maxlength: 60,
    autocomplete: "off",
    oninput: () => {
      mine.by = name.value.trim();
    },
  });
  const given = make("p", { class: "quiet", role: "status" });
  const count = () => {
    given.textContent = `${Object.keys(mine.values).length} of ${claims.length} guessed. What you leave alone does not count.`;
  };
  const results = make("div", { class: "guess-results" });
  const rows = claims.map((claim) => guessRow(claim, mine, count));
  const reveal = make("button", {
    type: "button",
    class: "primary",
    "data-testid": "reveal",
    text: "Reveal the model",
    onclick: () => show(),
  });
  const again = make("button", {
    type: "button",
    text: "Leave class mode",
    onclick: () => state.set({ guessing: false }),
  });
  const list = make("ol", { class: "guess-list" }, rows);
  const intro = make("p", {
    text: "How likely is each claim? Move its slider before you see what the model says. The reasons stay covered until then.",
  });
  const who = make(
    "p",
    { class: "row" },
    make("label", { for: "guess-by", text: "Your name or group" }),
    name,
  );
  const element = make(
    "div",
    { class: "guessing" },
    intro,
    who,
    list,
    given,
    make("p", { class: "row" }, reveal, again),
    results,
  );
  count();

  async function show() {
    if (Object.keys(mine.values).length === 0) {
      fill(results, make("p", { class: "failed", role: "alert", text: "Guess at least one claim first." }));
      return;
    }
    reveal.disabled = true;
    for (const one of [list, intro, who, reveal]) one.hidden = true;
    fill(results, make("p", { class: "loading", text: "Keeping your guesses" }));
    let others = [];
    let trouble = null;
    try {
      others = await store.keep({
        by: mine.by || `reader ${Math.random().toString(36).slice(2, 6)}`,
        values: { ...mine.values },
      });
    } catch (error) {
      trouble = make("p", {
        class: "failed",
        role: "alert",
        text: `Your guesses could not be kept: ${error instanceof Error ? error.message : error}`,
      });
    }
    fill(results, trouble, comparison(claims, mine, others));
    context.state.set({ revealed: true });
    announce("The model is revealed.");
  }
  return { element, show: () => {} };
}

/**
 * @param {Claim} claim
 * @param {Guess} mine
 * @param {() => void} changed
 */
function guessRow(claim, mine, changed) {
  const shown = make("output", { class: "guess-value", text: "no guess" });
  const slider = make("input", {
    type: "range",
    min: 0,
    max: 100,
    step: 1,
    value: 50,
    id: `guess-${claim.id}`,
    "data-testid": `guess-${claim.id}`,
    "aria-valuetext": "no guess yet",
    class: "untouched",
    oninput: () => {
      mine.values[claim.id] = Number(slider.value) / 100;
      slider.classList.remove("untouched");
      slider.setAttribute("aria-valuetext", `${slider.value} per cent`);
      shown.textContent = `${slider.value} %`;
      changed();
    },
  });
  return make(
    "li",
    { class: "guess" },
    make(
      "label",
      { for: `guess-${claim.id}`, dir: "auto" },
      make("span", { class: "claim-id", text: worded(claim.id) }),
      claim.says,
    ),
    make("div", { class: "guess-slider" }, slider, shown),
  );
}

/**
 * The Brier score of a probability for what came about: 0 is best, 1 worst.
 *
 * @param {number} probability
 * @param {boolean} came
 * @returns {number}
 */
export function brier(probability, came) {
  return (probability - (came ? 1 : 0)) ** 2;
}

/**
 * @param {Claim[]} claims
 * @param {Guess} mine
 * @param {Guess[]} others
 */
function comparison(claims, mine, others) {
  const guessed = claims.filter((claim) => claim.id in mine.values);
  const rows = guessed.map((claim) => {
    const [guess, model, came] = [mine.values[claim.id], headline(claim) ?? 0, outcome(claim)];
    const elsewhere = others.filter((one) => claim.id in one.values).map((one) => one.values[claim.id]);
    return make(
      "tr",
      {},
      make("th", { scope: "row", dir: "auto", text: claim.says }),
      make("td", { text: `${percent(guess)} %` }),
      make("td", { text: `${percent(model)} %` }),
      make("td", { text: signedPoints(guess - model) }),
      make("td", { text: came === null ? "open" : came ? "✓ true" : "✗ false" }),
      make("td", { text: came === null ? "–" : brier(guess, came).toFixed(2) }),
      make("td", { text: came === null ? "–" : brier(model, came).toFixed(2) }),
      make("td", {
        text: elsewhere.length > 0 ? `${percent(mean(elsewhere))} % (${elsewhere.length})` : "–",
      }),
    );
  });
  const headings = [
    "claim",
    "you",
    "model",
    "points apart",
    "history",
    "your Brier",
    "model's",
    "others, mean",
  ];
  return make(
    "div",
    {},
    make("p", { class: "verdict", "data-testid": "guess-summary", text: summary(guessed, mine) }),
    make(
      "div",
      { class: "scroll", tabindex: 0, role: "group", "aria-label": "Your guesses" },
      make(
        "table",
        { class: "numbers" },
        make("caption", { text: "Your guesses beside the model and history" }),
        make(
          "thead",
          {},
          make(
            "tr",
            {},
            headings.map((text) => make("th", { scope: "col", text })),
          ),
        ),
        make("tbody", {}, rows),
      ),
    ),
    standing(guessed, mine, others),
    make("p", {
      class: "quiet",
      text: "Brier score: the squared distance from what happened, 0 best. A few settled claims say little about a guesser.",
    }),
  );
}

/**
 * @param {Claim[]} guessed
 * @param {Guess} mine
 */
function summary(guessed, mine) {
  const apart = mean(guessed.map((claim) => Math.abs(mine.values[claim.id] - (headline(claim) ?? 0))));
  const settled = guessed.filter((claim) => outcome(claim) !== null);
  const scored =
    settled.length === 0
      ? "None of these claims is settled yet."
      : `On ${settled.length} settled claims your mean Brier score is ${score(settled, mine.values).toFixed(2)}, the model's ${modelScore(settled).toFixed(2)}.`;
  return `You and the model are ${(100 * apart).toFixed(0)} points apart on average. ${scored}`;
}

/**
 * @param {Claim[]} guessed
 * @param {Guess} mine
 * @param {Guess[]} others
 */
function standing(guessed, mine, others) {
  if (others.length === 0)
    return make("p", { class: "quiet", text: "Nobody else's guesses are kept with this study yet." });
  const settled = guessed.filter((claim) => outcome(claim) !== null);
  const rows = [{ by: "you", values: mine.values }, ...others].map((one) => {
    const both = guessed.filter((claim) => claim.id in one.values);
    const judged = settled.filter((claim) => claim.id in one.values);
    return make(
      "tr",
      {},
      make("th", { scope: "row", text: one.by }),
      make("td", { text: both.length }),
      make("td", {
        text:
          both.length === 0
            ? "–"
            : (
                100 * mean(both.map((claim) => Math.abs(one.values[claim.id] - (headline(claim) ?? 0))))
              ).toFixed(0),
      }),
      make("td", { text: judged.length === 0 ? "–" : score(judged, one.values).toFixed(2) }),
    );
  });
  return make(
    "div",
    { class: "scroll" },
    make(
      "table",
      {},
      make("caption", { text: "All who guessed, on the claims you guessed" }),
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          ["who", "claims", "points from the model", "Brier"].map((text) =>
            make("th", { scope: "col", text }),
          ),
        ),
      ),
      make("tbody", {}, rows),
    ),
  );
}

/** @param {number[]} values */
function mean(values) {
  return values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
}

/**
 * @param {Claim[]} claims
 * @param {Record<string, number>} values
 */
function score(claims, values) {
  return mean(claims.map((claim) => brier(values[claim.id], outcome(claim) === true)));
}

/** @param {Claim[]} claims */
function modelScore(claims) {
  return mean(claims.map((claim) => brier(headline(claim) ?? 0, outcome(claim) === true)));
}
