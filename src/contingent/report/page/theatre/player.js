/**
 * The clock of the theatre: days go by while the page plays, and a whole day is told to the page's
 * state when it begins.
 */

/** No frame counts for more than this, so that a page that slept does not jump. */
const LONGEST = 0.25;

/**
 * @param {import("../types").Context} context
 * @param {(time: number, still: boolean) => void} show called for every frame and change of day
 */
export function createPlayer({ state, view }, show) {
  const last = view.days.count - 1;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let time = state.get().day;
  let before = 0;
  let own = false;
  let request = 0;

  function say(changes) {
    own = true;
    state.set(changes);
    own = false;
  }

  function frame(now) {
    const { playing, speed, day } = state.get();
    if (!playing) return;
    const gone = Math.min(LONGEST, Math.max(0, (now - before) / 1000));
    before = now;
    time = Math.min(last, time + gone * speed);
    const whole = Math.floor(time);
    if (whole !== day) say({ day: whole });
    show(calm.matches ? whole : time, calm.matches);
    if (time >= last) say({ playing: false });
    else request = requestAnimationFrame(frame);
  }

  function start() {
    cancelAnimationFrame(request);
    if (!state.get().playing) {
      show(Math.floor(time), true);
      time = state.get().day;
      return;
    }
    if (time >= last) {
      time = 0;
      say({ day: 0 });
    }
    before = performance.now();
    request = requestAnimationFrame(frame);
  }

  state.on("playing", start);
  state.on("day", () => {
    if (own) return;
    time = Math.min(last, Math.max(0, state.get().day));
    show(time, !state.get().playing);
  });
  if (state.get().playing) start();

  return {
    /** @param {number} days how far, in either direction */
    step(days) {
      const day = Math.min(last, Math.max(0, Math.floor(state.get().day) + days));
      state.set({ playing: false, day });
    },
    toggle: () => state.set({ playing: !state.get().playing }),
    reset: () => state.set({ playing: false, day: 0 }),
  };
}
