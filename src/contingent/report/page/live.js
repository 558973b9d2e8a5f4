/**
 * The live source: the server's typed API. Every failure becomes an Error with words a person can read.
 */
import { decodeFrames } from "./frames.js";

/** @typedef {import("./types").Source} Source */

/**
 * Ask the server for JSON.
 *
 * @param {string} path
 * @param {{method?: string, body?: any, signal?: AbortSignal}} [request]
 * @returns {Promise<any>}
 */
export async function ask(path, { method = "GET", body, signal } = {}) {
  const answer = await fetch(path, {
    method,
    signal,
    credentials: "same-origin",
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw await fault(answer);
  return answer.status === 204 ? null : answer.json();
}

/** A word for this page, so that its newer questions take the place of its older ones. */
const HERE = Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join("-");

/**
 * Ask for an answer that comes in parts, one a line, each better than the one before.
 *
 * @param {string} path
 * @param {any} body
 * @param {AbortSignal | undefined} signal
 * @param {((part: any) => void) | undefined} told
 * @returns {Promise<any>} the last part
 */
async function askInParts(path, body, signal, told) {
  const answer = await fetch(path, {
    method: "POST",
    signal,
    credentials: "same-origin",
    headers: { "content-type": "application/json", accept: "application/x-ndjson, application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw await fault(answer);
  if (answer.body === null) throw new Error("The server sent nothing.");
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let last = null;
  for (;;) {
    const { value, done } = await reader.read();
    rest += value ?? "";
    const lines = rest.split("\n");
    rest = done ? "" : (lines.pop() ?? "");
    for (const line of lines.filter((one) => one.trim() !== "")) {
      last = JSON.parse(line);
      told?.(last);
    }
    if (done) break;
  }
  if (last === null) throw new Error("A newer question took the place of this one.");
  return last;
}

/**
 * @param {string} path
 * @returns {Promise<{frames: Record<string, import("./types").Frame>, json: any}>}
 */
async function askFrames(path) {
  const answer = await fetch(path, { credentials: "same-origin" });
  if (!answer.ok) throw await fault(answer);
  return decodeFrames(await answer.arrayBuffer());
}

/**
 * @param {Response} answer
 * @returns {Promise<Error>}
 */
async function fault(answer) {
  let said = `${answer.status} ${answer.statusText}`;
  let faults = [];
  try {
    const body = await answer.json();
    said = words(body.detail ?? body) || said;
    faults = body.faults ?? [];
  } catch {
    /* the status line will do */
  }
  return Object.assign(new Error(said), { status: answer.status, faults });
}

/**
 * @param {any} detail
 * @returns {string}
 */
function words(detail) {
  if (typeof detail === "string") return detail;
  if (Array.isArray(detail)) return detail.map(words).join("; ");
  if (detail === null || typeof detail !== "object") return "";
  if (detail.msg) return `${(detail.loc ?? []).join(".")}: ${detail.msg}`;
  return [detail.title, detail.message].filter(Boolean).join(" · ");
}

/**
 * @param {string} study
 * @returns {Source}
 */
export function liveSource(study) {
  const home = `/api/studies/${encodeURIComponent(study)}`;
  return {
    kind: "live",
    study,
    view: () => ask(`${home}/view`),
    async frame(name) {
      const message = await askFrames(`${home}/frames/${encodeURIComponent(name)}`);
      return message.frames[name] ?? Object.values(message.frames)[0];
    },
    async future(k) {
      const message = await askFrames(`${home}/futures/${k}`);
      return playback(message);
    },
    async futures(claim, comesTrue) {
      const query = new URLSearchParams({ comes_true: comesTrue });
      if (claim !== null) query.set("claim", claim);
      return (await ask(`${home}/futures?${query}`)).futures;
    },
    async fan(expression) {
      const message = await askFrames(`${home}/fan?${new URLSearchParams({ expression })}`);
      return fanOf(Object.values(message.frames)[0]);
    },
    whatIf: (request, signal, told) =>
      askInParts(`${home}/what-if`, { ...request, client: HERE }, signal, told),
    jobs: liveJobs(),
    server: {
      studies: async () => listed(await ask("/api/studies"), "studies"),
      scenarios: async () => listed(await ask("/api/scenarios"), "scenarios"),
      scenario: (name) => ask(`/api/scenarios/${encodeURIComponent(name)}`),
      save: (name, texts) =>
        ask(`/api/scenarios/${encodeURIComponent(name)}`, { method: "PUT", body: texts }),
      check: (texts, signal) => ask("/api/check", { method: "POST", body: texts, signal }),
      compare: (one, other) => ask(`/api/studies/compare?${new URLSearchParams({ one, other })}`),
      bringArticle: (text) => ask(`${home}/article`, { method: "POST", body: { text } }),
      forgetArticle: () => ask(`${home}/article`, { method: "DELETE" }),
      guesses: () => ask(`${home}/guesses`),
      guess: (guesses) => ask(`${home}/guesses`, { method: "POST", body: guesses }),
    },
  };
}

const GOING = ["progress", "waiting", "running"];
const ENDED = ["done", "failed", "cancelled", "interrupted"];

/** @returns {import("./types").Jobs} */
function liveJobs() {
  const path = (id) => `/api/jobs/${encodeURIComponent(id)}`;
  return {
    list: async () => listed(await ask("/api/jobs"), "jobs"),
    run: (request) => ask("/api/studies", { method: "POST", body: request }),
    start: (kind, request) => ask("/api/jobs", { method: "POST", body: { kind, ...request } }),
    resume: (id) => ask(`${path(id)}/resume`, { method: "POST" }),
    cancel: (id) => ask(path(id), { method: "DELETE" }),
    events(id, listeners) {
      const stream = new EventSource(`${path(id)}/events`);
      for (const name of [...GOING, ...ENDED]) {
        stream.addEventListener(name, (event) => {
          if (ENDED.includes(name)) stream.close();
          listeners[GOING.includes(name) ? "progress" : name]?.(
            JSON.parse(/** @type {MessageEvent} */ (event).data),
          );
        });
      }
      return () => stream.close();
    },
  };
}

/**
 * @param {any} answer
 * @param {string} name
 * @returns {any[]}
 */
export function listed(answer, name) {
  return Array.isArray(answer) ? answer : (answer?.[name] ?? []);
}

/**
 * @param {{frames: Record<string, import("./types").Frame>, json: any}} message
 * @returns {import("./types").Playback}
 */
export function playback({ frames, json }) {
  const { holders, flags, progress, sorties, columns, fighters } = frames;
  return { holders, flags, progress, sorties, columns, fighters, events: json?.events ?? [] };
}

/**
 * @param {import("./types").Frame} frame
 */
export function fanOf(frame) {
  return { quantiles: [5, 25, 50, 75, 95], values: frame.data, days: frame.shape[1] };
}
