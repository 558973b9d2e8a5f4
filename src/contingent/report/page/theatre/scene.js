/**
 * What stands where on which day: over all futures, or in the one that is played.
 */

/**
 * @typedef {{actor: number, share: number}} Slice
 * @typedef {{slices: Slice[], contested: number}} Standing
 *   who holds a place (shares of futures, the largest first) and in what share of futures it is fought over
 * @typedef {{from: number, to: number, actor: number, share: number, fighters: number, struck: boolean}} Column
 * @typedef {Column & {legs: Array<{from: number, to: number, start: number, end: number}>}} March
 * @typedef {{contested: boolean, outskirts: boolean, assaulted: boolean, progress: number, sorties: number}} Fight
 */

const CONTESTED = 1;
const OUTSKIRTS = 2;
const ASSAULTED = 4;
const FIELDS = 7;
/** Of 255: what still makes a slice of a pie that can be told from its edge. */
const SEEN = 13;

/**
 * @param {import("../types").View} view
 * @param {import("../types").Frame} shares (day, place, actor), 255 is all futures
 * @param {import("../types").Frame} contested (day, place), 255 is all futures
 */
export function createScene(view, shares, contested) {
  const { actors, places, routes } = view.theatre;
  const placeNumbers = new Map(places.map((place, number) => [place.id, number]));
  const spoken = places.map(() => 0);
  for (const claim of view.claims) for (const place of placesOf(claim, placeNumbers)) spoken[place] += 1;
  /** @type {OneFuture | null} */
  let played = null;

  /**
   * @param {number} day
   * @param {number} place
   * @returns {Standing}
   */
  function overAll(day, place) {
    const at = (day * places.length + place) * actors.length;
    const slices = [];
    let total = 0;
    for (let actor = 0; actor < actors.length; actor++) total += shares.data[at + actor];
    for (let actor = 0; actor < actors.length; actor++) {
      if (shares.data[at + actor] > 0) slices.push({ actor, share: shares.data[at + actor] / total });
    }
    slices.sort((one, other) => other.share - one.share || one.actor - other.actor);
    return { slices, contested: contested.data[day * places.length + place] / 255 };
  }

  /** @returns {number[]} the actors that hold some place on some day in a share of futures that can be seen */
  function holders() {
    const found = new Set();
    for (let at = 0; at < shares.data.length && found.size < actors.length; at++) {
      if (shares.data[at] >= SEEN) found.add(at % actors.length);
    }
    return [...found].sort((one, other) => one - other);
  }

  return {
    actors,
    places,
    routes,
    days: view.days.count,
    placeNumbers,
    /** of each place, how many claims speak of it */
    spoken,
    get played() {
      return played;
    },
    /** @param {import("../types").Playback | null} playback */
    play(playback) {
      played = playback === null ? null : oneFuture(playback, places.length, view.days.count);
    },
    /**
     * @param {number} day
     * @param {number} place
     * @returns {Standing}
     */
    standing(day, place) {
      return played === null ? overAll(day, place) : played.standing(day, place);
    },
    overAll,
    holders,
  };
}

/** @typedef {ReturnType<typeof createScene>} Scene */
/** @typedef {ReturnType<typeof oneFuture>} OneFuture */

/**
 * Read one future's frames.
 *
 * @param {import("../types").Playback} playback
 * @param {number} places
 * @param {number} days
 */
export function oneFuture(playback, places, days) {
  const { holders, flags, progress, sorties, events } = playback;
  /** @type {import("../types").Frame | undefined} (day, place, actor); not in every source */
  const strengths = playback.fighters;
  const columns = byDay(playback.columns, days);
  /** @type {{day: number, found: March[]}} */
  let kept = { day: -1, found: [] };
  const holder = (day, place) => holders.data[day * places + place];
  return {
    events,
    holder,
    /**
     * @param {number} day
     * @param {number} place
     * @returns {Standing}
     */
    standing(day, place) {
      const actor = holder(day, place);
      const fought = flags.data[day * places + place] & (CONTESTED | OUTSKIRTS);
      return { slices: actor < 0 ? [] : [{ actor, share: 1 }], contested: fought ? 1 : 0 };
    },
    /**
     * @param {number} day
     * @param {number} place
     * @returns {Fight}
     */
    fight(day, place) {
      const at = day * places + place;
      const flag = flags.data[at];
      return {
        contested: (flag & CONTESTED) !== 0,
        outskirts: (flag & OUTSKIRTS) !== 0,
        assaulted: (flag & ASSAULTED) !== 0,
        progress: progress.data[at] / 255,
        sorties: sorties.data[at],
      };
    },
    /**
     * @param {number} day
     * @param {number} place
     * @returns {Array<{actor: number, fighters: number}> | null} the most first; null where not known
     */
    fighters(day, place) {
      if (strengths === undefined) return null;
      const [, , actors] = strengths.shape;
      const at = (day * places + place) * actors;
      return Array.from(strengths.data.subarray(at, at + actors), (fighters, actor) => ({ actor, fighters }))
        .filter(({ fighters }) => fighters > 0)
        .sort((one, other) => other.fighters - one.fighters);
    },
    /**
     * @param {number} day
     * @returns {Column[]}
     */
    columns: (day) => columns[day] ?? [],
    /**
     * @param {number} day
     * @returns {March[]} how its columns go on to the next day
     */
    marches(day) {
      if (kept.day !== day) kept = { day, found: marches(columns[day] ?? [], columns[day + 1] ?? []) };
      return kept.found;
    },
  };
}

/**
 * @param {import("../types").Frame} frame (n, 7): day, actor, from, to, share of the way, fighters, struck
 * @param {number} days
 * @returns {Column[][]}
 */
function byDay(frame, days) {
  /** @type {Column[][]} */
  const found = Array.from({ length: days }, () => []);
  for (let row = 0; row + FIELDS <= frame.data.length; row += FIELDS) {
    const [day, actor, from, to, share, fighters, struck] = frame.data.subarray(row, row + FIELDS);
    found[day]?.push({ actor, from, to, share, fighters, struck: struck > 0 });
  }
  return found;
}

/**
 * How the columns of one day go on to the next. A column is followed by actor and leg, or to the
 * leg after it; one that is gone goes the rest of its leg; one that is new comes from where it set out.
 *
 * @param {Column[]} today
 * @param {Column[]} tomorrow
 * @returns {March[]}
 */
export function marches(today, tomorrow) {
  const left = [...tomorrow];
  const take = (test) => {
    const index = left.findIndex(test);
    return index < 0 ? null : left.splice(index, 1)[0];
  };
  const onSameLeg = today.map((column) =>
    take((next) => next.actor === column.actor && next.from === column.from && next.to === column.to && next.share >= column.share),
  );
  const found = today.map((column, row) => {
    const { from, to, share } = column;
    const same = onSameLeg[row];
    if (same !== null) return { ...column, legs: [{ from, to, start: share, end: same.share }] };
    const rest = { from, to, start: share, end: 1 };
    const next = take((one) => one.actor === column.actor && one.from === to && one.to !== from);
    if (next === null) return { ...column, legs: [rest] };
    return { ...column, legs: [rest, { from: next.from, to: next.to, start: 0, end: next.share }] };
  });
  const fresh = left.map((column) => ({
    ...column,
    struck: false,
    legs: [{ from: column.from, to: column.to, start: 0, end: column.share }],
  }));
  return [...found, ...fresh];
}

/**
 * @param {March} march
 * @param {number} part of the day gone, 0 to 1
 * @returns {{from: number, to: number, share: number}}
 */
export function along({ legs }, part) {
  const whole = legs.reduce((sum, { start, end }) => sum + end - start, 0);
  let left = whole * part;
  for (const { from, to, start, end } of legs) {
    if (left <= end - start) return { from, to, share: start + left };
    left -= end - start;
  }
  const { from, to, end } = legs[legs.length - 1];
  return { from, to, share: end };
}

/**
 * The places that a claim speaks of.
 *
 * @param {import("../types").Claim | undefined} claim
 * @param {Map<string, number>} placeNumbers
 * @returns {Set<number>}
 */
export function placesOf(claim, placeNumbers) {
  const words = [claim?.predicate, claim?.given?.text, ...(claim?.names ?? [])].join(" ");
  const found = new Set();
  for (const word of words.match(/[\p{L}\p{N}_-]+/gu) ?? []) {
    const number = placeNumbers.get(word);
    if (number !== undefined) found.add(number);
  }
  return found;
}
