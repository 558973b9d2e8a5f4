/**
 * The head of the page: which study this is, and what can be done with it.
 */
import { openEditor } from "./editor/editor.js";
import { fill, make } from "./elements.js";
import { labelled, studyNames } from "./naming.js";
import { mountTheme } from "./theme.js";

/**
 * @param {HTMLElement} element
 * @param {import("./types").Context} context
 */
export function mountMasthead(element, context) {
  const { state, source, view } = context;
  const { study, days } = view;
  const facts = [
    study.futures ? `${study.futures.toLocaleString("en")} futures` : null,
    view.explanations ? "with reports weighed" : labelled(study.label),
    `${days.start} to ${days.end}`,
    `known up to ${days.now}`,
    study.seed === undefined || study.seed === null ? null : `seed ${study.seed}`,
  ].filter(Boolean);
  const guess = make("button", {
    type: "button",
    "data-testid": "class-mode",
    text: "Guess first",
    title: "Class mode: guess each claim before the model is revealed",
    onclick: () =>
      state.set({ guessing: !state.get().guessing, revealed: false, panel: "argument", view: "text" }),
  });
  const actions = make("div", { class: "actions" }, guess);
  if (source.kind === "live") {
    actions.append(
      make("button", {
        type: "button",
        text: "Edit and run",
        "data-testid": "open-editor",
        onclick: () => openEditor(context),
      }),
    );
  }
  actions.append(mountTheme(state));
  if (source.kind === "live") offerStudies(actions, context);
  fill(
    element,
    make("span", { class: "brand", text: "Contingent" }),
    make(
      "div",
      { class: "titles" },
      make("h1", { text: study.title || study.scenario }),
      make(
        "p",
        { class: "facts" },
        facts.map((fact, index) => [make("span", { text: index < facts.length - 1 ? `${fact} ·` : fact }), " "]).flat(),
      ),
    ),
    actions,
  );
  if (study.outdated) {
    const said =
      typeof study.outdated === "string"
        ? study.outdated
        : "The rules of the model have changed since this study was played; run it again to bring it up to date.";
    element.after(make("p", { class: "notice", role: "note", text: said }));
  }
  const show = () => guess.setAttribute("aria-pressed", String(state.get().guessing));
  state.on("guessing", show);
  show();
}

/**
 * Let the reader turn to another study, where there is one.
 *
 * @param {HTMLElement} actions
 * @param {import("./types").Context} context
 */
async function offerStudies(actions, { source, view }) {
  try {
    const studies = await source.server.studies();
    if (studies.length < 2) return;
    const names = studyNames(studies);
    const pick = make(
      "select",
      {
        "aria-label": "Study",
        "data-testid": "study",
        onchange: () => location.assign(`?study=${encodeURIComponent(pick.value)}`),
      },
      studies.map((study) =>
        make("option", { value: study.id, text: names.get(study.id), selected: study.id === view.study.id }),
      ),
    );
    actions.prepend(pick);
  } catch (error) {
    console.warn("The other studies could not be listed.", error);
  }
}
