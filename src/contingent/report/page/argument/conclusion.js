/**
 * One conclusion in words: in the author's world, in ours, what breaks it, who is left out.
 */
import { make } from "../elements.js";
import { claimWords, worded } from "../naming.js";
import { percent, percentRange, signedPoints } from "../words.js";

/**
 * @param {import("../types").Context} context
 * @param {import("../types").Claim | null} claim
 * @returns {HTMLElement}
 */
export function conclusionText(context, claim) {
  const { view } = context;
  if (claim === null) {
    return make("p", {
      class: "empty",
      text: "Choose a box to see whether it follows, and what would break it.",
    });
  }
  const found = view.argument?.conclusions?.find((one) => one.claim === claim.id);
  const title = make(
    "h3",
    { dir: "auto" },
    make("span", { class: "claim-id", text: worded(claim.id) }),
    ` ${claim.says}`,
  );
  if (found === undefined) {
    const used = (view.argument?.links ?? [])
      .filter((link) => link.on === claim.id)
      .map((link) => link.claim);
    const unmodelled = view.argument?.unmodelled?.includes(claim.id);
    const role = unmodelled
      ? `No mechanism speaks to this conclusion. ${claim.reason}`
      : used.length > 0
        ? `A premise of: ${used.map((id) => claimWords(view, id)).join(" ")}`
        : "Neither a premise nor a conclusion of another claim.";
    return make("div", {}, title, make("p", { text: role }));
  }
  return make(
    "div",
    {},
    title,
    make("p", { class: "verdict", text: inTheAuthorsWorld(found) }),
    make("p", { text: inOurs(found) }),
    premises(found, context),
    missing(found, view),
  );
}

/** @param {any} found */
function inTheAuthorsWorld(found) {
  const { probability, low, high, futures_used: used } = found.authors_world;
  if (probability === null) {
    return `Whether it follows in the author's world cannot be said: the author's premises hold together, with only those acting whom the author names, in ${used.toLocaleString("en")} futures.`;
  }
  const word =
    probability >= 0.5 ? "It follows in the author's world" : "It does not follow even in the author's world";
  return `${word}: where its premises hold and only those act whom the author names, it comes true in ${percent(probability)} of 100 futures (${percentRange(low, high)}).`;
}

/** @param {any} found */
function inOurs(found) {
  const hold = found.premises_hold.probability;
  const holding = hold === null ? "" : ` Its premises hold together in ${percent(hold)} of 100.`;
  const condition =
    found.condition_met === null || found.condition_met === undefined
      ? ""
      : ` Looked at where its condition comes about (${found.condition_met.toLocaleString("en")} futures).`;
  const ours = found.our_world.probability;
  return `${ours === null ? "In ours too few futures can say." : `In ours it comes true in ${percent(ours)} of 100 futures.`}${holding}${condition}`;
}

/**
 * @param {any} found
 * @param {import("../types").Context} context
 */
function premises(found, { state, view }) {
  if (found.premises.length === 0) return null;
  const breaks = new Map(found.break_points.map((one) => [one.premise, one]));
  const rows = found.premises.map((premise) => {
    const id = premise.replace(/^not /, "");
    const broken = breaks.get(premise);
    const falls =
      broken === undefined || broken.change === null
        ? "too few futures"
        : `${percent(broken.fallen.probability)} % (${signedPoints(broken.change)} ± ${(100 * broken.error).toFixed(1)})`;
    return make(
      "tr",
      {},
      make(
        "th",
        { scope: "row" },
        make("button", {
          type: "button",
          class: "link",
          text: claimWords(view, premise),
          onclick: () => state.set({ claim: id }),
        }),
      ),
      make("td", {
        text: `${percent(found.each_holds[premise]?.probability ?? found.each_holds[id]?.probability)} %`,
      }),
      make("td", { text: falls }),
    );
  });
  return make(
    "div",
    { class: "scroll" },
    make(
      "table",
      {},
      make("caption", { text: "Premises and break-points" }),
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          ["premise", "holds in", "if it alone falls"].map((text) => make("th", { scope: "col", text })),
        ),
      ),
      make("tbody", {}, rows),
    ),
    found.unmodelled_premises.length > 0 &&
      make("p", {
        class: "quiet",
        text: `Premises no future can show, left out: ${found.unmodelled_premises.map((one) => claimWords(view, one)).join(" ")}`,
      }),
  );
}

/**
 * @param {any} found
 * @param {import("../types").View} view
 */
function missing(found, view) {
  if (found.missing.length === 0) return null;
  const said = found.missing
    .slice(0, 3)
    .map((one) => `${actorWords(view, one.actor)} (${one.futures.toLocaleString("en")} futures)`);
  return make(
    "p",
    { class: "missing" },
    make("strong", { text: "Left out of the argument: " }),
    `${said.join(", ")}. They get there first where it fails.`,
  );
}

/**
 * @param {import("../types").View} view
 * @param {string} id
 * @returns {string}
 */
export function actorWords(view, id) {
  return view.theatre?.actors?.find((one) => one.id === id)?.name ?? id;
}
