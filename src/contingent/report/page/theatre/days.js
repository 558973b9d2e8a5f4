/**
 * Days of the theatre (counted from its start) and dates as people write them.
 */

const MILLISECONDS = 86_400_000;

/**
 * @param {import("../types").View} view
 * @param {number} day
 * @returns {string} ISO date
 */
export function dateOf(view, day) {
  return new Date(Date.parse(view.days.start) + Math.floor(day) * MILLISECONDS)
    .toISOString()
    .slice(0, 10);
}

/**
 * @param {import("../types").View} view
 * @param {string} date ISO date
 * @returns {number} day, may lie outside the theatre
 */
export function dayOf(view, date) {
  return Math.round((Date.parse(date) - Date.parse(view.days.start)) / MILLISECONDS);
}

/**
 * @param {string} date ISO date
 * @returns {string} as in 12 Dec 2016
 */
export function spoken(date) {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(date));
}

/**
 * @param {import("../types").View} view
 * @param {number} day
 * @returns {string}
 */
export function spokenDay(view, day) {
  return spoken(dateOf(view, day));
}
