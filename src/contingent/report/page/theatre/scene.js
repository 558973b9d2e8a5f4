/**
 * What stands where on which day: over all futures, or in the one that is played.
 */

/**
 * @typedef {{actor: number, share: number}} Slice
 * @typedef {{slices: Slice[], contested: number}} Standing
 *   who holds a place (shares of futures, the largest first) and in what share of futures it is fought over
 * @typedef {{from: number, to: number, actor: number, share: number, fighters: number, struck: boolean}} Column
 * @typedef {{contested: boolean, outskirts: boolean, assaulted: boolean, progress: number, sorties: number}} Fight
 */

const CONTESTED = 1;
const OUTSKIRTS = 2;
const ASSAULTED = 4;
const FIELDS = 7;

/**
 * @param {import("../types").View} view
 * @param {import("../types").Frame} shares (day, place, actor), 255 is all futures
 * @param {import("../types").Frame} contested (day, place), 255 is all futures
 */
export function createScene(view, shares, contested) {
  const { actors, places, routes } = view.theatre;
  const placeNumbers = new Map(places.map((place, number) => [place.id, number]));
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

  return {
    actors,
    places,
    routes,
    days: view.days.count,
    placeNumbers,
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
  const columns = byDay(playback.columns, days);
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
     * @returns {Column[]}
     */
    columns: (day) => columns[day] ?? [],
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
 * Where the columns are between two days. A column that marches on is followed by actor, leg and
 * order; one that is gone the next day goes the rest of its leg; one that is new sets out at the
 * turn of the day.
 *
 * @param {Column[]} today
 * @param {Column[]} tomorrow
 * @param {number} part of the day gone, 0 to 1
 * @returns {Column[]}
 */
export function between(today, tomorrow, part) {
  const left = [...tomorrow];
  return today.map((column) => {
    const index = left.findIndex(
      (next) =>
        next.actor === column.actor &&
        next.from === column.from &&
        next.to === column.to &&
        next.share >= column.share,
    );
    const next = index < 0 ? null : left.splice(index, 1)[0];
    const target = next === null ? 1 : next.share;
    return { ...column, share: column.share + (target - column.share) * part };
  });
}

/**
 * The places that a claim speaks of.
 *
 * @param {import("../types").Claim | undefined} claim
 * @param {Map<string, number>} placeNumbers
 * @returns {Set<number>}
 */
export function placesOf(claim, placeNumbers) {
  const words = [claim?.predicate, claim?.given, ...(claim?.names ?? [])].join(" ");
  const found = new Set();
  for (const word of words.match(/[\p{L}\p{N}_-]+/gu) ?? []) {
    const number = placeNumbers.get(word);
    if (number !== undefined) found.add(number);
  }
  return found;
}
