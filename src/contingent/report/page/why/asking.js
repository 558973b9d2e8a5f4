/**
 * Asking what a lever does while the hand is still on it: a quick answer while it moves, a finer
 * one when it is let go, and never two questions at once: each aborts the one before.
 */

export const QUICK = 500;
export const FINE = 5000;
const PAUSE = 60;

/**
 * @param {import("../types").Source} source
 * @param {{begun: (futures: number) => void, answered: (answer: any, milliseconds: number) => void, ended: () => void, failed: (error: Error) => void}} listeners
 * @returns {{ask: (request: any, futures: number) => void, stop: () => void}}
 */
export function questions(source, listeners) {
  /** @type {AbortController | null} */
  let present = null;
  let waiting = 0;

  const stop = () => {
    window.clearTimeout(waiting);
    present?.abort();
    present = null;
  };

  const send = async (request, futures) => {
    const mine = new AbortController();
    present = mine;
    const began = performance.now();
    listeners.begun(futures);
    try {
      await source.whatIf?.({ ...request, futures }, mine.signal, (part) => {
        if (present === mine) listeners.answered(part, performance.now() - began);
      });
      if (present === mine) listeners.ended();
    } catch (error) {
      if (present === mine && !mine.signal.aborted)
        listeners.failed(error instanceof Error ? error : new Error(String(error)));
    }
    if (present === mine) present = null;
  };

  return {
    stop,
    ask(request, futures) {
      stop();
      waiting = window.setTimeout(() => send(request, futures), futures === QUICK ? PAUSE : 0);
    },
  };
}
