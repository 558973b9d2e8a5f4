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
