/**
 * Where the page gets its data: from the server, from the file it stands in, or from a folder beside it.
 */
import { decodeFrames, fromBase64, futureOf, gunzip } from "./frames.js";
import { ask, fanOf, listed, liveSource, playback } from "./live.js";

/** @typedef {import("./types").Source} Source */

/**
 * Choose the source by the page's own `<meta name="contingent-source">`; `?data=FOLDER` reads the
 * output of `python -m contingent.report.view` through any plain web server.
 *
 * @returns {Promise<Source>}
 */
export async function chooseSource() {
  const query = new URLSearchParams(location.search);
  const folder = query.get("data");
  if (folder !== null) return staticSource(folder);
  const meta = document.querySelector('meta[name="contingent-source"]');
  if (meta?.getAttribute("content") === "file") return fileSource();
  return liveSource(query.get("study") ?? (await newestStudy()));
}

/**
 * @returns {Promise<string>}
 */
async function newestStudy() {
  const studies = listed(await ask("/api/studies"), "studies");
  if (studies.length === 0) {
    throw Object.assign(new Error("There is no study yet."), { empty: true });
  }
  return studies[0].id ?? studies[0].name;
}

/**
 * Read the data embedded in this document.
 *
 * @returns {Promise<Source>}
 */
export async function fileSource() {
  const message = await decodeFrames(await gunzip(fromBase64(text("frames"))));
  return embedded(JSON.parse(text("view")), message.frames, message.json);
}

/**
 * @param {string} id
 * @returns {string}
 */
function text(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`This file holds no part called “${id}”.`);
  return element.textContent ?? "";
}

/**
 * @param {string} folder
 * @returns {Promise<Source>}
 */
async function staticSource(folder) {
  const home = `${folder.replace(/\/$/, "")}/`;
  const view = await (await found(`${home}view.json`)).json();
  const frames = async (name) => decodeFrames(await (await found(home + name)).arrayBuffer());
  const source = embedded(view, {}, null);
  source.frame = async (name) => {
    const message = await frames(`frames/${encodeURIComponent(encodeURIComponent(name))}.bin`);
    return message.frames[name];
  };
  source.future = async (k) => playback(await frames(`futures/${k}.bin`));
  source.fan = async (expression) => fanOf(await source.frame(`fan:${expression}`));
  return source;
}

/**
 * @param {string} path
 * @returns {Promise<Response>}
 */
async function found(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${answer.statusText}`);
  return answer;
}

/**
 * @param {import("./types").View} view
 * @param {Record<string, import("./types").Frame>} frames
 * @param {any} json
 * @returns {Source}
 */
function embedded(view, frames, json) {
  return {
    kind: "file",
    view: async () => view,
    frame: async (name) => required(frames, name),
    future: async (k) => /** @type {any} */ (futureOf(frames, json, k, view.days.count)),
    async futures(claim, comesTrue) {
      if (claim === null || comesTrue === "typical") return view.exemplars?.typical ?? [];
      return view.exemplars?.by_claim?.[claim]?.[comesTrue] ?? [];
    },
    fan: async (expression) => fanOf(required(frames, `fan:${expression}`)),
  };
}

/**
 * @param {Record<string, import("./types").Frame>} frames
 * @param {string} name
 * @returns {import("./types").Frame}
 */
function required(frames, name) {
  const frame = frames[name];
  if (frame === undefined) throw new Error(`This file does not hold ${name}.`);
  return frame;
}
