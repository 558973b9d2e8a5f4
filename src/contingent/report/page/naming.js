/**
 * What a reader is shown where a file has an id: its own words where the scenario gives some,
 * otherwise the id with spaces. Addresses, commands and tests keep the ids.
 */

/**
 * @param {string} id
 * @returns {string}
 */
export function worded(id) {
  return String(id).replace(/[-_]+/g, " ").trim();
}

/**
 * @param {string} words
 * @returns {string}
 */
function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * The words of a claim; a premise may be the denial of one ("not C04").
 *
 * @param {import("./types").View} view
 * @param {string} id
 * @returns {string}
 */
export function claimWords(view, id) {
  const plain = id.replace(/^not /, "");
  const says = view.claims.find((claim) => claim.id === plain)?.says ?? worded(plain);
  return plain === id ? says : `Not: ${says}`;
}

/**
 * The words of an explanation, without a full stop: they stand inside sentences.
 *
 * @param {import("./types").View} view
 * @param {string} name
 * @returns {string}
 */
export function explanationWords(view, name) {
  const says = view.called?.explanations?.[name];
  return !says ? worded(name) : `“${says.replace(/\.$/, "")}”`;
}

/**
 * A sentence in which explanations are called by their words.
 *
 * @param {import("./types").View} view
 * @param {string} sentence
 * @returns {string}
 */
export function withExplanations(view, sentence) {
  const names = Object.keys(view.called?.explanations ?? {}).filter((name) => name.includes("-"));
  return names.reduce(
    (said, name) => said.replace(new RegExp(`(?<![\\w-])${name}(?![\\w-])`, "g"), () => explanationWords(view, name)),
    sentence,
  );
}

/**
 * A dotted name in words: "north.air.sorties_per_day" is "Northern forces: air, sorties per day".
 *
 * @param {import("./types").View} view
 * @param {string} dotted
 * @returns {string}
 */
export function dottedWords(view, dotted) {
  const lever = view.levers?.find((one) => one.name === dotted);
  if (lever?.says) return lever.says;
  const named = (rows, id) => rows?.find((one) => one.id === id)?.name;
  const { actors, places } = view.theatre ?? {};
  let [first, ...rest] = dotted.split(".");
  if (first === "places" && rest.length > 0) first = named(places, /** @type {string} */ (rest.shift())) ?? first;
  else first = named(actors, first) ?? worded(first);
  const said = rest.map((part) => named(actors, part) ?? named(places, part) ?? worded(part)).join(", ");
  const head = capital(first);
  return said ? `${head}: ${said}` : head;
}

/**
 * @param {string | null | undefined} label of a study
 * @returns {string}
 */
export function labelled(label) {
  return label === "unconditioned" ? "no reports weighed" : (label ?? "");
}

/**
 * What studies are called in a list: by title, futures and seed; where two would be called the same,
 * by their ids, too.
 *
 * @param {any[]} studies
 * @returns {Map<string, string>} by id
 */
export function studyNames(studies) {
  const plain = studies.map(({ id, title, scenario, futures, seed }) =>
    [
      title && title !== scenario ? title : capital(worded(scenario ?? id)),
      Number.isFinite(futures) ? `${Number(futures).toLocaleString("en")} futures` : null,
      seed === undefined || seed === null ? null : `seed ${seed}`,
    ]
      .filter(Boolean)
      .join(", "),
  );
  return new Map(
    studies.map(({ id }, number) => {
      const alone = plain.filter((one) => one === plain[number]).length === 1;
      return [id, alone ? plain[number] : `${plain[number]} (${id})`];
    }),
  );
}
