// Decoder of frames: named arrays and a small JSON in one piece of bytes (see view/frames.py).

/**
 * @typedef {Uint8Array|Int8Array|Uint16Array|Int16Array|Uint32Array|Int32Array|Float32Array|
 *   Float64Array} FrameData
 * @typedef {{dtype: string, shape: number[], data: FrameData}} Frame
 * @typedef {{frames: Object<string, Frame>, json: any}} Frames
 */

const ARRAYS = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
};

/**
 * Read a message of frames. The arrays are views of the given bytes: nothing is copied.
 * @param {ArrayBuffer|Uint8Array} message
 * @returns {Frames}
 */
export function decodeFrames(message) {
  const bytes = message instanceof Uint8Array ? aligned(message) : new Uint8Array(message);
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== "CTG1") {
    throw new Error("These bytes hold no frames.");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  /** @type {Object<string, Frame>} */
  const frames = {};
  for (const row of header.frames) {
    const kind = ARRAYS[row.dtype];
    if (!kind) throw new Error(`Frame ${row.name} has an unknown type, ${row.dtype}.`);
    const count = row.bytes / kind.BYTES_PER_ELEMENT;
    const data = new kind(bytes.buffer, bytes.byteOffset + 8 + length + row.offset, count);
    frames[row.name] = { dtype: row.dtype, shape: row.shape, data };
  }
  return { frames, json: header.json };
}

/**
 * Copy bytes that do not begin at a multiple of eight, which typed arrays need.
 * @param {Uint8Array} bytes
 */
function aligned(bytes) {
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}

/**
 * Turn base64 text into bytes.
 * @param {string} text
 * @returns {Uint8Array}
 */
export function fromBase64(text) {
  const letters = atob(text.trim());
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

/**
 * Unpack gzip.
 * @param {Uint8Array} bytes
 * @returns {Promise<ArrayBuffer>}
 */
export function gunzip(bytes) {
  const packed = new Blob([/** @type {BlobPart} */ (bytes)]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** Steps in which progress and the share of the way are kept in a pack (see view/pack.py). */
const SHARES = 64;
const CHANGING = ["holders", "flags", "progress", "sorties"];
const COLUMN = ["day", "actor", "from", "to", "share", "fighters", "struck"];

/**
 * Numbers of the futures that a message holds to be played back.
 * @param {Object<string, Frame>} frames
 * @returns {number[]}
 */
export function playable(frames) {
  const listed = frames["pack:futures"];
  return listed ? Array.from(listed.data) : [];
}

/**
 * Unpack one future to be played back.
 * @param {Object<string, Frame>} frames
 * @param {{kinds: string[], places: string[], events: Array<Array<[number, number, number, string]>>}} json
 * @param {number} k its number
 * @param {number} days days of the theatre
 */
export function futureOf(frames, json, k, days) {
  const at = playable(frames).indexOf(k);
  if (at < 0) throw new Error(`This file does not hold future ${k}.`);
  const places = json.places.length;
  const read = Object.fromEntries(
    CHANGING.map((name) => [name, table(frames, name, at, days, places)]),
  );
  return {
    ...read,
    columns: columnsOf(frames, at),
    events: json.events[at].map(([day, kind, place, says]) => ({
      day,
      says,
      place: place < 0 ? null : json.places[place],
      kind: json.kinds[kind],
    })),
  };
}

/**
 * One table (day, place) from its changes.
 * @returns {Frame}
 */
function table(frames, name, at, days, places) {
  const rows = part(frames, `pack:${name}`, ["day", "place", "value"], at);
  const signed = name === "holders";
  const data = signed ? new Int8Array(days * places) : new Uint8Array(days * places);
  const scale = name === "progress" ? 255 / SHARES : 1;
  let row = 0;
  for (let day = 0; day < days; day++) {
    const today = day * places;
    if (day > 0) data.copyWithin(today, today - places, today);
    for (; row < rows.length && rows.day[row] === day; row++) {
      data[today + rows.place[row]] = Math.round(rows.value[row] * scale);
    }
  }
  return { dtype: signed ? "int8" : "uint8", shape: [days, places], data };
}

/**
 * @returns {Frame} one row a column a day, in the order of days
 */
function columnsOf(frames, at) {
  const rows = part(frames, "pack:columns", COLUMN, at);
  const order = Array.from({ length: rows.length }, (_, row) => row);
  order.sort((one, other) => rows.day[one] - rows.day[other] || one - other);
  const data = new Float32Array(order.length * COLUMN.length);
  order.forEach((row, place) => {
    COLUMN.forEach((key, column) => {
      const value = rows[key][row];
      data[place * COLUMN.length + column] = key === "share" ? value / SHARES : value;
    });
  });
  return { dtype: "float32", shape: [order.length, COLUMN.length], data };
}

/**
 * The rows of one future of a list; days are kept as steps over the whole list.
 */
function part(frames, name, keys, at) {
  const counts = frames[`${name}:count`].data;
  let first = 0;
  for (let i = 0; i < at; i++) first += counts[i];
  const rows = { length: counts[at] };
  for (const key of keys) {
    const data = frames[`${name}:${key}`].data;
    rows[key] = data.slice(first, first + counts[at]);
    if (key !== "day") continue;
    let day = 0;
    for (let i = 0; i < first; i++) day += data[i];
    for (let i = 0; i < rows.length; i++) rows.day[i] = day += data[first + i];
  }
  return rows;
}
