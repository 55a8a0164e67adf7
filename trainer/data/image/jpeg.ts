/**
 * JPEG files by libjpeg-turbo as WebAssembly, in this thread: the same bytes as sharp gives, without its pipeline, which for
 * small and middling pictures takes longer than decoding. Unusual and damaged files are left to sharp, which can say what they are.
 */
/// <reference path="./libjpeg-turbo.d.ts" />
import type { JpegDecoder, JpegModule } from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';
import type { Picture } from './decode.ts';

/** What was thrown inside of WebAssembly stays in its memory; after so many times everything goes to sharp. */
const MOST_THROWN = 500;

const START = 0xd8;
const SCAN = 0xda;
const PROFILE = 0xe2;
const ADOBE = 0xee;
/** Baseline, extended and progressive, with Huffman codes. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);

let loading: Promise<JpegModule | undefined> | undefined;
let decoder: JpegDecoder | undefined;
let thrown = 0;

/** Undefined: not a plain file (8 bits, grey or YCbCr), or a damaged one. `profiled`: takes files with a colour profile, and leaves it aside. */
export async function decodeJpeg(bytes: Buffer, profiled: boolean): Promise<Picture | undefined> {
  if (!isPlain(bytes, profiled) || thrown > MOST_THROWN) return undefined;
  loading ??= load();
  const loaded = await loading;
  if (loaded === undefined) return undefined;
  decoder ??= new loaded.JPEGDecoder();
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    const { height, width, componentCount: channels } = decoder.getFrameInfo();
    const data = decoder.getDecodedBuffer();
    if (data.length !== height * width * channels) return undefined;
    return { height, width, channels, data: new Uint8Array(data) };
  } catch {
    // It throws at warnings too, of which sharp knows whether they matter.
    thrown++;
    decoder.delete();
    decoder = undefined;
    return undefined;
  }
}

/** Undefined where it cannot be had, in a Node without WebAssembly for example: sharp reads everything then. */
async function load(): Promise<JpegModule | undefined> {
  try {
    const { default: make } = await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs');
    return await make();
  } catch {
    return undefined;
  }
}

function isPlain(bytes: Buffer, profiled: boolean): boolean {
  if (bytes[0] !== 0xff || bytes[1] !== START) return false;
  let framed = false;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === SCAN) return framed;
    if (marker === ADOBE || (marker === PROFILE && !profiled)) return false;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame && !(FRAMES.has(marker) && isPlainFrame(bytes, at + 4))) return false;
    framed ||= isFrame;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return false;
}

/** Ids of RGB say that the colours are not converted; one component by itself has units of one block, whatever it says. */
function isPlainFrame(bytes: Buffer, at: number): boolean {
  const count = bytes[at + 5] ?? 0;
  if (bytes[at] !== 8 || (count !== 1 && count !== 3)) return false;
  for (let i = 0; i < count; i++) {
    const sampling = bytes[at + 7 + i * 3] ?? 0;
    const [across, down] = [sampling >> 4, sampling & 15];
    if (count === 3 && bytes[at + 6 + i * 3] !== i + 1) return false;
    if (across < 1 || down < 1 || across > 2 || down > 2) return false;
  }
  return true;
}
