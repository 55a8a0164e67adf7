/** What the first bytes of a picture or sound tell: PNG, JPEG, WebP and BMP give their size, WAV and FLAC their rate and length, MP3 its rate. */

export type Media =
  | { readonly kind: 'image'; readonly height: number; readonly width: number; readonly channels: number }
  /** What a head does not tell is 0. */
  | { readonly kind: 'sound'; readonly rate: number; readonly samples: number };

/** Undefined: none of these, or cut off before its size. `size` is that of the whole file. */
export function parseMedia(bytes: Uint8Array, size: number): Media | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 16) return undefined;
  return png(view) ?? jpeg(view) ?? webp(view) ?? bmp(view) ?? wav(view, size) ?? flac(view) ?? mp3(view);
}

const PNG_CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

function png(view: DataView): Media | undefined {
  if (view.byteLength < 26 || view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return undefined;
  const channels = PNG_CHANNELS[view.getUint8(25)] ?? 3;
  return { kind: 'image', width: view.getUint32(16), height: view.getUint32(20), channels };
}

/** Walks the segments up to the frame header (SOF0 … SOF15, without the three that are none). */
function jpeg(view: DataView): Media | undefined {
  if (view.getUint16(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const channels = view.getUint8(at + 9);
      return { kind: 'image', height: view.getUint16(at + 5), width: view.getUint16(at + 7), channels };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function webp(view: DataView): Media | undefined {
  if (view.byteLength < 30 || word(view, 0) !== 'RIFF' || word(view, 8) !== 'WEBP') return undefined;
  switch (word(view, 12)) {
    case 'VP8 ': {
      const [width, height] = [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
      return { kind: 'image', height, width, channels: 3 };
    }
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      const channels = (bits >>> 28) & 1 ? 4 : 3;
      return { kind: 'image', height: ((bits >>> 14) & 0x3fff) + 1, width: (bits & 0x3fff) + 1, channels };
    }
    case 'VP8X': {
      const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
      return { kind: 'image', height: three(27), width: three(24), channels: view.getUint8(20) & 16 ? 4 : 3 };
    }
    default:
      return undefined;
  }
}

function bmp(view: DataView): Media | undefined {
  if (view.byteLength < 30 || view.getUint16(0) !== 0x424d) return undefined;
  const channels = view.getUint16(28, true) === 32 ? 4 : 3;
  return { kind: 'image', width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)), channels };
}

/** Walks the chunks: `fmt ` has the rate, `data` the length. */
function wav(view: DataView, size: number): Media | undefined {
  if (word(view, 0) !== 'RIFF' || word(view, 8) !== 'WAVE') return undefined;
  let at = 12;
  let rate = 0;
  let frame = 0;
  while (at + 8 <= view.byteLength) {
    const length = view.getUint32(at + 4, true);
    const name = word(view, at);
    if (name === 'fmt ' && at + 24 <= view.byteLength) {
      rate = view.getUint32(at + 12, true);
      frame = view.getUint16(at + 20, true);
    } else if (name === 'data') {
      // Recorders that were cut off leave a length that is larger than the file.
      const there = Math.min(length, Math.max(0, size - at - 8));
      return frame > 0 && rate > 0 ? { kind: 'sound', rate, samples: Math.floor(there / frame) } : undefined;
    }
    at += 8 + length + (length % 2);
  }
  return undefined;
}

/** Its first block has the rate in 20 bits and the number of samples in 36. */
function flac(view: DataView): Media | undefined {
  if (word(view, 0) !== 'fLaC' || view.byteLength < 26) return undefined;
  const rate = view.getUint32(18) >>> 12;
  return { kind: 'sound', rate, samples: (view.getUint8(21) & 15) * 2 ** 32 + view.getUint32(22) };
}

const MP3_RATES = [44_100, 48_000, 32_000];

/** The head of a frame; behind a tag it may lie too far. */
function mp3(view: DataView): Media | undefined {
  if (word(view, 0).startsWith('ID3')) return { kind: 'sound', rate: 0, samples: 0 };
  const [second, third] = [view.getUint8(1), view.getUint8(2)];
  const rate = MP3_RATES[(third >> 2) & 3];
  if (view.getUint8(0) !== 0xff || (second & 0xe6) !== 0xe2 || third >> 4 === 15 || rate === undefined)
    return undefined;
  const version = (second >> 3) & 3;
  return { kind: 'sound', rate: version === 3 ? rate : version === 2 ? rate / 2 : rate / 4, samples: 0 };
}

function word(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(at + index)));
}
