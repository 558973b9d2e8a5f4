/**
 * Asking the checker a little after the last change; an older answer never overtakes a newer text.
 */
const PATIENCE = 400;

/**
 * @param {import("../types").Context} context
 * @param {string} name
 * @param {() => {name: string, text: string}[]} texts
 * @param {(faults: any[], trouble: string | null) => void} told
 */
export function checker({ source }, name, texts, told) {
  let waiting = 0;
  /** @type {AbortController | null} */
  let asked = null;

  async function ask() {
    asked?.abort();
    const mine = new AbortController();
    asked = mine;
    try {
      const answer = await source.server.check({ name, files: texts() }, mine.signal);
      if (asked === mine) told(answer.faults ?? answer, null);
    } catch (error) {
      if (mine.signal.aborted) return;
      const faults = /** @type {any} */ (error)?.faults;
      if (Array.isArray(faults) && faults.length > 0) told(faults, null);
      else told([], `The checker could not be asked: ${error instanceof Error ? error.message : error}`);
    }
  }

  return {
    soon() {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(ask, PATIENCE);
    },
  };
}
