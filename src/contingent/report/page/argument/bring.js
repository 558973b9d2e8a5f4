/**
 * Bringing the article: its text goes to the reader's own server, stays with the study, and is
 * shown as text only. The program carries no article itself.
 */
import { fill, make } from "../elements.js";

const LARGEST = 1_000_000;

/**
 * @param {import("../types").Context} context
 * @returns {HTMLElement | null} null where no server could keep it
 */
export function bringArticle({ source, view }) {
  if (source.kind !== "live" || view.claims.length === 0) return null;
  const told = make("div", { role: "status" });
  const say = (text, style = "quiet") => fill(told, make("p", { class: style, text }));

  const bring = async () => {
    const file = input.files?.[0];
    if (!file) return;
    if (file.size > LARGEST) {
      say(
        `This file has ${file.size.toLocaleString("en")} bytes; an article may have ${LARGEST.toLocaleString("en")}.`,
        "failed",
      );
      return;
    }
    say("Looking for the claims' sentences …");
    try {
      const { found, missing } = await source.server.bringArticle(await file.text());
      say(`${found.length} claims found in it, ${missing.length} not.`);
      location.reload();
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), "failed");
    }
  };
  const input = make("input", {
    type: "file",
    id: "bring-article",
    accept: ".txt,.html,.htm,.md,text/plain,text/html",
    "data-testid": "bring-article",
    onchange: bring,
  });
  const forget = make("button", {
    type: "button",
    class: "plain",
    text: "Show the paraphrases instead",
    "data-testid": "forget-article",
    onclick: async () => {
      try {
        await source.server.forgetArticle();
        location.reload();
      } catch (error) {
        say(error instanceof Error ? error.message : String(error), "failed");
      }
    },
  });
  return make(
    "details",
    { class: "legend" },
    make("summary", { text: view.article ? "The article" : "Read it in the article" }),
    make(
      "p",
      {},
      make("label", { for: "bring-article", text: "The article's text or HTML, from your own copy: " }),
      input,
    ),
    view.article && make("p", {}, forget),
    told,
  );
}
