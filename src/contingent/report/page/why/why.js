/**
 * The right part: for the selected claim its verdict, what explains it, what moves it, and what if.
 */
import { fill, make } from "../elements.js";
import { assumptions } from "./assumptions.js";
import { drivers, watchList } from "./drivers.js";
import { explanations } from "./explanations.js";
import { mountWhatIf } from "./levers.js";
import { reports } from "./reports.js";
import { overview, verdict } from "./verdict.js";

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 */
export function mountWhy(element, context) {
  const { state, view } = context;
  const claims = new Map(view.claims.map((claim) => [claim.id, claim]));
  const top = make("div", { class: "why-top" });
  const whatIf = make("div", { class: "why-what-if" });
  const rest = make("div", { class: "why-rest" });
  const cover = make("p", {
    class: "empty",
    text: "The reasons stay covered until the model is revealed. Guess in the argument part first.",
  });
  const content = make("div", {}, top, whatIf, rest);
  fill(element, make("header", {}, make("h2", { text: "Why" })), cover, content);
  mountWhatIf(whatIf, context);

  const show = () => {
    const { claim: id, guessing, revealed } = state.get();
    const covered = guessing && !revealed;
    cover.hidden = !covered;
    content.hidden = covered;
    const claim = id === null ? null : (claims.get(id) ?? null);
    fill(top, claim === null ? overview(view) : verdict(claim, view));
    fill(
      rest,
      explanations(context, claim),
      reports(context),
      claim === null ? null : [drivers(context, claim), watchList(context, claim), assumptions(claim, view)],
    );
  };
  state.on(["claim", "guessing", "revealed"], show);
  state.on("claim", () => element.scrollTo?.({ top: 0 }));
  show();
}
