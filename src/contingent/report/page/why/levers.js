/**
 * What if: sliders that answer while they are held, or the named what-ifs worked out beforehand.
 */
import { announce, fill, make } from "../elements.js";
import { FINE, QUICK, questions } from "./asking.js";
import { beginning, beginningChoice } from "./beginning.js";
import { differencesTable } from "./differences.js";
import { percent, signedPoints } from "../words.js";
import { section } from "./section.js";

/** Levers that are shown at once; the file's own come first, then the most moving. */
const FIRST = 5;
const HINT =
  "Move a lever: what it does to every claim is answered while you hold it, and more exactly when you let go.";

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 */
export function mountWhatIf(element, context) {
  const { state, source, view } = context;
  const live = source.kind === "live" && typeof source.whatIf === "function";
  const levers = live ? (view.levers ?? []) : [];
  const named = (view.what_ifs ?? []).filter((one) => live || (one.differences ?? []).length > 0);
  const status = make("p", { class: "quiet whatif-status", "data-testid": "whatif-status" });
  const deltas = make("div", {});
  const asked = live ? questions(source, { begun, answered, ended, failed }) : null;
  const reset = make("button", {
    type: "button",
    text: "Back to the file's values",
    "data-testid": "levers-reset",
    onclick: () => state.set({ levers: {}, from: null, differences: null }),
  });
  const stop = make("button", {
    type: "button",
    text: "Stop",
    hidden: true,
    onclick: () => {
      asked?.stop();
      stop.hidden = true;
      status.textContent = "Stopped.";
    },
  });
  let turned = false;
  const rows = levers.map((lever, index) => leverRow(lever, index, turn));
  const more =
    rows.length > FIRST &&
    make(
      "details",
      { class: "more" },
      make("summary", { text: `More levers (${rows.length - FIRST})` }),
      make(
        "div",
        { class: "levers" },
        rows.slice(FIRST).map((row) => row.element),
      ),
    );
  const nothing = levers.length === 0 && named.length === 0;
  fill(
    element,
    section(
      "What if",
      { key: "what-if" },
      nothing &&
        make("p", {
          class: "empty",
          text: live
            ? "This study offers no levers."
            : "No what-if was worked out beforehand for this file. In a live page every lever can be turned; on the command line: contingent what-if.",
        }),
      !live && named.length > 0 && namedChoice(named, context, "Worked out beforehand"),
      !nothing && make("div", { class: "whatif-answer" }, status, make("p", { class: "row" }, reset, stop)),
      rows.length > 0 && beginningChoice(context, (from) => turning(() => state.set({ from }), FINE)),
      rows.length > 0 &&
        make(
          "div",
          { class: "levers" },
          rows.slice(0, FIRST).map((row) => row.element),
        ),
      more,
      live &&
        named.length > 0 &&
        make(
          "details",
          { class: "more" },
          make("summary", { text: `Questions the file asks (${named.length})` }),
          namedChoice(named, context, "Choose one"),
        ),
      deltas,
    ),
  );

  /**
   * @param {any} lever
   * @param {string | null} change null: as the file has it
   * @param {boolean} held
   */
  function turn(lever, change, held) {
    const next = { ...state.get().levers };
    if (change === null) delete next[lever.name];
    else next[lever.name] = change;
    turning(() => state.set({ levers: next }), held ? QUICK : FINE);
  }

  /**
   * @param {() => void} change what the reader does by hand
   * @param {number} futures to ask on then
   */
  function turning(change, futures) {
    turned = true;
    change();
    turned = false;
    ask(futures);
  }

  /** @param {number} futures */
  function ask(futures) {
    const { levers: set, from, claim } = state.get();
    if (asked === null) return;
    refuse(null);
    if (Object.keys(set).length === 0) {
      asked.stop();
      state.set({ differences: null });
      status.textContent = "";
      stop.hidden = true;
      return;
    }
    asked.ask({ do: set, from, claim }, futures);
  }

  /** @param {number} futures */
  function begun(futures) {
    status.textContent = `Playing ${futures.toLocaleString("en")} futures twice, with and without …`;
    stop.hidden = false;
  }

  /**
   * @param {any} answer
   * @param {number} milliseconds
   */
  function answered(answer, milliseconds) {
    const by = Object.fromEntries(answer.differences.map((one) => [one.claim, one]));
    state.set({ differences: { futures: answer.futures, by, later: answer.later ?? [] } });
    const clear = answer.differences.filter((one) => one.clear).length;
    const going = answer.final === false ? " so far" : "";
    const chosen = by[state.get().claim ?? ""];
    const first =
      chosen && chosen.difference === null
        ? "The chosen claim: too few futures yet. "
        : chosen
          ? `The chosen claim: ${percent(chosen.before)} → ${percent(chosen.after)} % (${signedPoints(chosen.difference)}). `
          : "";
    status.textContent = `${first}${answer.futures.toLocaleString("en")} futures${going} in ${(milliseconds / 1000).toFixed(1)} s; ${clear} of ${answer.differences.length} claims differ clearly.`;
  }

  function ended() {
    stop.hidden = true;
    announce(status.textContent ?? "");
  }

  /** @param {Error} error */
  function failed(error) {
    stop.hidden = true;
    status.textContent = `It could not be answered: ${error.message}`;
    refuse(error.message);
  }

  /** @param {string | null} message shown beside the levers that it names */
  function refuse(message) {
    const { levers: set } = state.get();
    for (const row of rows) row.refuse(row.name in set && message?.includes(row.name) ? message : null);
  }

  const show = () => {
    const { levers: set, differences, claim } = state.get();
    for (const row of rows) row.show(set[row.name] ?? null);
    reset.disabled = Object.keys(set).length === 0;
    fill(deltas, differences === null ? null : differencesTable(view, differences, claim, state));
    if (Object.keys(set).length === 0) status.textContent = rows.length > 0 ? HINT : "";
  };
  state.on(["levers", "differences", "claim"], show);
  state.on(["levers", "from"], () => {
    if (!turned) settle();
  });

  /** Answer for levers that came with the address, or with a named what-if. */
  function settle() {
    const { levers: set, from } = state.get();
    refuse(null);
    if (Object.keys(set).length === 0) {
      asked?.stop();
      state.set({ differences: null });
      return;
    }
    const known = named.find((one) => sameDo(one.do, set) && beginning(view, one.from) === from);
    if (known && (known.differences ?? []).length > 0) {
      const by = Object.fromEntries(known.differences.map((one) => [one.claim, one]));
      state.set({ differences: { futures: known.futures, by, label: known.says } });
      status.textContent = `${known.says} Worked out beforehand on ${Number(known.futures).toLocaleString("en")} futures.`;
    } else if (live) {
      ask(QUICK);
    } else {
      state.set({ differences: null });
      status.textContent = "This file has no answer for the levers in its address; a live page has.";
    }
  }

  if (Object.keys(state.get().levers).length > 0) settle();
  show();
}

/**
 * @param {Record<string, any>} one
 * @param {Record<string, string>} other
 */
export function sameDo(one, other) {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length && names.every((name) => String(one[name]) === other[name])
  );
}

/**
 * @param {any} lever
 * @param {number} index
 * @param {(lever: any, change: string | null, held: boolean) => void} turn
 */
function leverRow(lever, index, turn) {
  const id = `lever-${index}`;
  const shown = make("output", { for: id, class: "lever-value" });
  const slider = make("input", {
    type: "range",
    id,
    min: lever.low,
    max: lever.high,
    step: lever.step ?? "any",
    value: lever.value,
    "data-testid": id,
    "data-lever": lever.name,
    oninput: () => turn(lever, changeOf(), true),
    onchange: () => turn(lever, changeOf(), false),
  });
  const refused = make("p", { class: "lever-refused", role: "alert", hidden: true });
  const changeOf = () => {
    const value = Number(slider.value);
    if (Math.abs(value - lever.value) < 1e-9) return null;
    return lever.kind === "factor" ? `* ${value}` : String(value);
  };
  const words = (value) =>
    lever.kind === "factor"
      ? `× ${Number(value.toFixed(2))}`
      : `${Number(value.toPrecision(3)).toLocaleString("en", { maximumSignificantDigits: 3 })}${lever.unit ? ` ${lever.unit}` : ""}`;
  return {
    name: lever.name,
    element: make(
      "div",
      { class: "lever" },
      make(
        "label",
        { for: id },
        lever.says || lever.name,
        make("code", { class: "lever-name", text: lever.name }),
      ),
      make("div", { class: "lever-slider" }, slider, shown),
      refused,
    ),
    /** @param {string | null} message */
    refuse(message) {
      refused.hidden = message === null;
      refused.textContent = message ?? "";
    },
    /** @param {string | null} change */
    show(change) {
      const value = change === null ? Number(lever.value) : Number(change.replace("*", ""));
      if (Number(slider.value) !== value && document.activeElement !== slider) slider.value = String(value);
      shown.textContent = words(value);
      slider.setAttribute(
        "aria-valuetext",
        change === null ? `${words(value)}, as the file has it` : words(value),
      );
    },
  };
}

/**
 * @param {any[]} named
 * @param {import("../types").Context} context
 * @param {string} title
 */
function namedChoice(named, { state, view }, title) {
  const option = (id, text, set, from) => {
    const nothing = Object.keys(set).length === 0;
    const chosen = (now) => sameDo(set, now.levers) && (nothing || now.from === from);
    const input = make("input", {
      type: "radio",
      name: "named-what-if",
      id: `what-if-${id}`,
      "data-testid": `what-if-${id}`,
      onchange: () => state.set({ levers: set, from, differences: null }),
    });
    state.on(["levers", "from"], (now) => (input.checked = chosen(now)));
    input.checked = chosen(state.get());
    return make(
      "label",
      { class: "named", for: `what-if-${id}` },
      input,
      make("span", { dir: "auto", text }),
    );
  };
  return make(
    "fieldset",
    { class: "named-what-ifs" },
    make("legend", { text: title }),
    option("none", "As it was", {}, null),
    named.map((one) =>
      option(
        one.name,
        one.says || one.name,
        Object.fromEntries(Object.entries(one.do).map(([name, change]) => [name, String(change)])),
        beginning(view, one.from),
      ),
    ),
  );
}
