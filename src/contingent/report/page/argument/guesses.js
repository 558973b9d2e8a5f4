/**
 * Where guesses are kept: with the study on the server, or in this browser for a page in one file.
 */

/** @typedef {{by: string, values: Record<string, number>}} Guess */

/**
 * @param {import("../types").Context} context
 * @returns {{keep: (guess: Guess) => Promise<Guess[]>}} keeps one guess, returns those of others
 */
export function guessStore({ source, view }) {
  if (source.kind === "live") {
    return {
      async keep(guess) {
        const before = readable(await source.server.guesses());
        await source.server.guess(guess);
        return others(before, guess);
      },
    };
  }
  const key = `contingent-guesses-${view.study.digest || view.study.id}`;
  return {
    async keep(guess) {
      const before = readable(JSON.parse(localStorage.getItem(key) ?? "[]"));
      localStorage.setItem(key, JSON.stringify([...others(before, guess), guess]));
      return others(before, guess);
    },
  };
}

/**
 * @param {Guess[]} kept
 * @param {Guess} mine
 */
function others(kept, mine) {
  return kept.filter((one) => one.by !== mine.by);
}

/**
 * @param {any} answer
 * @returns {Guess[]}
 */
function readable(answer) {
  const list = Array.isArray(answer) ? answer : (answer?.guesses ?? []);
  return list.filter((one) => one && typeof one.values === "object" && one.values !== null);
}
