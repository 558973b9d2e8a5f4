/**
 * The argument as a graph: premises, inferences, conclusions; what follows in the author's world,
 * whether the premises hold, where it breaks, and who is missing.
 */
import { draw, make } from "../elements.js";
import { claimWords, worded } from "../naming.js";
import { headline, percent, spoken } from "../words.js";
import { actorWords, conclusionText } from "./conclusion.js";
import { BOX, WIDTHS, layOut, linkKey } from "./layout.js";

/** @typedef {import("../types").Claim} Claim */

const SORTS = { follows_from: "follows from", needs: "needs", rejects: "rejects" };
const MARGIN = 6;
const MISSING = "∌";
/** Letters of an id beside which a share has room, and of a row of a box. */
const SHORT = 5;
const ROW = 16;

/**
 * @param {import("../types").Context} context
 * @returns {{element: HTMLElement, show: () => void}}
 */
export function argumentGraph(context) {
  const { state, view } = context;
  const links = view.argument?.links ?? [];
  const claims = new Map(view.claims.map((claim) => [claim.id, claim]));
  const linked = links.filter(({ claim, on }) => claims.has(claim) && claims.has(on));
  if (linked.length === 0) {
    return {
      element: make("p", {
        class: "empty",
        text: "No claim of this argument says what it follows from, so there is nothing to draw.",
      }),
      show: () => {},
    };
  }
  const conclusions = new Map((view.argument?.conclusions ?? []).map((one) => [one.claim, one]));
  const wide = linked.some(({ claim, on }) => Math.max(claim.length, on.length) > SHORT) ? WIDTHS.long : WIDTHS.short;
  const { spots, ways, width, height } = layOut(
    linked,
    view.claims.map((claim) => claim.id),
    wide,
  );
  const nodes = new Map(
    [...spots.values()].map((spot) => [spot.id, node(view, spot, wide, conclusions.get(spot.id))]),
  );
  const svg = draw(
    "svg",
    {
      class: "graph",
      role: "group",
      "aria-label": "The argument: premises above, what follows from them below",
      viewBox: `${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}`,
      vars: { "--graph-width": `${width + 2 * MARGIN}px` },
    },
    draw("defs", {}, arrow("arrow-follows_from"), arrow("arrow-needs"), arrow("arrow-rejects")),
    linked.map((link) => edge(view, link, spots, wide, ways.get(linkKey(link)) ?? [], conclusions.get(link.claim))),
    [...nodes.values()],
  );
  wire(svg, nodes, state);
  const alone = view.claims.filter((claim) => !spots.has(claim.id));
  const detail = make("div", { class: "conclusion", "aria-live": "polite" });
  const element = make(
    "div",
    {},
    make("div", { class: "graph-frame" }, svg),
    key(),
    detail,
    alone.length > 0 &&
      make(
        "p",
        { class: "quiet" },
        `${alone.length} claims stand alone: neither a premise nor a conclusion of another (${alone.map((claim) => worded(claim.id)).join(", ")}).`,
      ),
  );
  const show = () => {
    const { claim } = state.get();
    for (const [id, one] of nodes) {
      one.setAttribute("aria-pressed", String(id === claim));
      one.tabIndex = id === claim || (!nodes.has(claim ?? "") && id === nodes.keys().next().value) ? 0 : -1;
    }
    if (claim !== null) bringIntoView(element.querySelector(".graph-frame"), nodes.get(claim));
    for (const one of svg.querySelectorAll(".edge")) {
      one.classList.toggle("near", one.dataset.claim === claim || one.dataset.on === claim);
    }
    detail.replaceChildren(conclusionText(context, claim === null ? null : (claims.get(claim) ?? null)));
  };
  return { element, show };
}

/**
 * @param {string} id
 */
function arrow(id) {
  return draw(
    "marker",
    {
      id,
      class: `head ${id}`,
      viewBox: "0 0 8 8",
      refX: 7,
      refY: 4,
      markerWidth: 9,
      markerHeight: 9,
      markerUnits: "userSpaceOnUse",
      orient: "auto",
    },
    draw("path", { d: "M0,0L8,4L0,8z" }),
  );
}

/**
 * @param {import("../types").View} view
 * @param {import("./layout.js").Spot} spot
 * @param {number} wide of a box
 * @param {any} conclusion
 */
function node(view, spot, wide, conclusion) {
  const claim = view.claims.find((one) => one.id === spot.id);
  if (claim === undefined) throw new Error(`no claim ${spot.id}`);
  const share = headline(claim);
  const written = [worded(claim.id), value(claim), conclusion && signs(conclusion)]
    .filter(Boolean)
    .join(" ");
  const said = [written, spoken(claim), conclusion ? `${worlds(conclusion)}${leftOut(view, conclusion)}` : "a premise"]
    .map((one) => one.replace(/\.$/, ""))
    .join(". ");
  return draw(
    "g",
    {
      class: `node ${claim.status}${conclusion ? " drawn-conclusion" : ""}${share === null ? "" : " tinted"}`,
      role: "button",
      tabindex: -1,
      "aria-pressed": "false",
      "aria-label": said,
      "data-claim": spot.id,
      "data-testid": `node-${spot.id}`,
      transform: `translate(${spot.x},${spot.y})`,
      vars: share === null ? undefined : { "--share": share },
    },
    conclusion &&
      draw("rect", { class: "outer", x: -3, y: -3, width: wide + 6, height: BOX.height + 6, rx: 7 }),
    draw("rect", { class: "inner", width: wide, height: BOX.height, rx: 5 }),
    draw("title", { text: `${claim.says}${conclusion ? leftOut(view, conclusion) : ""}` }),
    claim.id.length > SHORT ? longName(claim, conclusion) : shortName(claim, conclusion, wide),
  );
}

/**
 * A number like C25 leaves room for the share beside it.
 *
 * @param {Claim} claim
 * @param {any} conclusion
 * @param {number} wide
 */
function shortName(claim, conclusion, wide) {
  const right = { x: wide - 6, y: 16, "text-anchor": "end" };
  return [
    draw("text", { class: "node-id", x: 6, y: 16, text: `${claim.id} ` }),
    draw("text", { class: "node-share", ...right, text: `${value(claim)} ` }),
    draw("text", { class: "node-more", x: 6, y: 34, text: conclusion ? signs(conclusion) : "" }),
  ];
}

/**
 * A name of several words takes two lines, the share a third.
 *
 * @param {Claim} claim
 * @param {any} conclusion
 */
function longName(claim, conclusion) {
  const rows = inRows(worded(claim.id));
  const first = rows.length > 1 ? 13 : 16;
  const more = [value(claim), conclusion && signs(conclusion)].filter(Boolean).join(" ");
  return [
    ...rows.map((text, row) => draw("text", { class: "node-id", x: 5, y: first + 12 * row, text: `${text} ` })),
    draw("text", { class: "node-more", x: 5, y: rows.length > 1 ? 39 : 34, text: more }),
  ];
}

/**
 * @param {string} text
 * @returns {string[]} one row or two, clipped to the box
 */
function inRows(text) {
  if (text.length <= ROW) return [text];
  const space = text.lastIndexOf(" ", ROW);
  const [one, other] = space > 0 ? [text.slice(0, space), text.slice(space + 1)] : [text, ""];
  return [clipped(one), clipped(other)].filter(Boolean);
}

/** @param {Claim} claim */
function value(claim) {
  const share = headline(claim);
  return share === null
    ? ({ unmodelled: "n. m.", not_truth_apt: "n. t." }[claim.status] ?? "–")
    : `${percent(share)} %`;
}

/** @param {string} id */
function clipped(id) {
  return id.length > ROW ? `${id.slice(0, ROW - 1)}…` : id;
}

/**
 * Signs: does it follow in the author's world, do its premises hold, is an actor left out.
 *
 * @param {any} conclusion
 */
function signs(conclusion) {
  const missing = conclusion.missing.length > 0 ? ` ${MISSING}` : "";
  return `⊢${sign(conclusion.authors_world.probability)} ∧${percent(conclusion.premises_hold.probability)}${missing}`;
}

/**
 * @param {import("../types").View} view
 * @param {any} conclusion
 * @returns {string} who is missing from the argument, as the end of a sentence; nothing where nobody is
 */
function leftOut(view, { missing }) {
  return missing.length === 0 ? "" : `. Left out of the argument: ${missing.map(({ actor }) => actorWords(view, actor)).join(", ")}`;
}

/** @param {number | null} share */
function sign(share) {
  if (share === null) return "?";
  return share >= 0.5 ? "✓" : "✗";
}

/** @param {any} conclusion */
function worlds(conclusion) {
  const author = conclusion.authors_world.probability;
  const follows =
    author === null
      ? "too few futures to say whether it follows in the author's world"
      : `in the author's world ${percent(author)} per cent`;
  return `A conclusion: ${follows}; its premises hold in ${percent(conclusion.premises_hold.probability)} per cent of futures`;
}

/**
 * @param {import("../types").View} view
 * @param {import("./layout.js").Link} link
 * @param {Map<string, import("./layout.js").Spot>} spots
 * @param {number} wide of a box
 * @param {{x: number, y: number}[]} bends
 * @param {any} conclusion
 */
function edge(view, link, spots, wide, bends, conclusion) {
  const from = /** @type {import("./layout.js").Spot} */ (spots.get(link.on));
  const to = /** @type {import("./layout.js").Spot} */ (spots.get(link.claim));
  const points = [
    { x: from.x + wide / 2, y: from.y + BOX.height },
    ...bends.flatMap(({ x, y }) => [
      { x, y: y - BOX.height / 2 },
      { x, y: y + BOX.height / 2 },
    ]),
    { x: to.x + wide / 2, y: to.y - 5 },
  ];
  const broken = conclusion?.break_points?.find(
    (one) => one.premise === link.on || one.premise === `not ${link.on}`,
  );
  const change = broken?.change ?? null;
  const strong = change !== null && Math.abs(change) > 2 * (broken.error ?? 0) && Math.abs(change) >= 0.05;
  const [near, end] = points.slice(-2);
  return draw(
    "g",
    {
      class: `edge ${link.sort}${strong ? " breaking" : ""}`,
      "data-claim": link.claim,
      "data-on": link.on,
      "aria-hidden": "true",
    },
    draw("title", { text: `${claimWords(view, link.claim)} – ${SORTS[link.sort] ?? link.sort} – ${claimWords(view, link.on)}` }),
    draw("path", { d: smooth(points), "marker-end": `url(#arrow-${link.sort})` }),
    strong &&
      draw("text", {
        class: "edge-change",
        x: near.x * 0.4 + end.x * 0.6,
        y: near.y * 0.4 + end.y * 0.6,
        text: `${change > 0 ? "+" : "−"}${Math.abs(100 * change).toFixed(0)}`,
      }),
  );
}

/**
 * A line that leaves and enters every layer straight down.
 *
 * @param {{x: number, y: number}[]} points
 * @returns {string}
 */
function smooth(points) {
  const [first, ...others] = points;
  let path = `M${first.x},${first.y}`;
  let before = first;
  for (const point of others) {
    const middle = (before.y + point.y) / 2;
    path +=
      point.x === before.x
        ? `L${point.x},${point.y}`
        : `C${before.x},${middle} ${point.x},${middle} ${point.x},${point.y}`;
    before = point;
  }
  return path;
}

/**
 * @param {any} svg
 * @param {Map<string, any>} nodes
 * @param {import("../types").Store} state
 */
function wire(svg, nodes, state) {
  const order = [...nodes.keys()];
  svg.addEventListener("click", (event) => {
    const one = event.target.closest(".node");
    if (one) state.set({ claim: one.dataset.claim });
  });
  svg.addEventListener("keydown", (event) => {
    const one = event.target.closest(".node");
    if (!one) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      nodes.get(order[(order.indexOf(one.dataset.claim) + step + order.length) % order.length]).focus();
    } else if (event.key === "Enter" || event.key === " ") {
      state.set({ claim: one.dataset.claim });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function key() {
  const rows = [
    ["⊢✓", "follows in the author's world: its premises hold and only those act whom the author names"],
    ["⊢✗", "does not follow even there"],
    ["⊢?", "too few such futures to say"],
    ["∧10", "its premises all hold in 10 % of futures"],
    [MISSING, "an actor is left out: one that gets there first where the conclusion fails"],
    ["−32", "break-point: points lost if that premise alone falls"],
    ["n. m.", "not modelled"],
    ["n. t.", "not a matter of true or false"],
  ];
  return make(
    "details",
    { class: "legend" },
    make("summary", { text: "Signs of the graph" }),
    make(
      "dl",
      { class: "signs" },
      rows.flatMap(([one, said]) => [make("dt", { text: one }), make("dd", { text: said })]),
    ),
    make(
      "p",
      { class: "quiet" },
      "A frame around a box marks a conclusion. Solid lines: follows from; dashed: needs; dotted with a bar: rejects.",
    ),
  );
}

/**
 * Scroll a frame, and only it, until a box stands inside.
 *
 * @param {Element | null} frame
 * @param {Element | undefined} box
 */
function bringIntoView(frame, box) {
  if (!frame || !box) return;
  requestAnimationFrame(() => {
    const [outer, inner] = [frame.getBoundingClientRect(), box.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom)
      frame.scrollTop += inner.top - outer.top - outer.height / 3;
    if (inner.left < outer.left || inner.right > outer.right)
      frame.scrollLeft += inner.left - outer.left - outer.width / 3;
  });
}
