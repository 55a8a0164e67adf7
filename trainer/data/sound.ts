/** Sound files as numbers from −1 to 1: one a sample, channels averaged, brought to a rate and a length. */
import { Failure } from '../failure.ts';
import type { TransformContext } from './context.ts';
import { readMedia } from './media.ts';
import { decodePacked } from './sound-packed.ts';
import type { Values } from './values.ts';

export interface Sound {
  readonly rate: number;
  readonly data: Float32Array;
}

type Read = (view: DataView, at: number) => number;

/** By format (1: whole numbers, 3: decimal ones) and bits. */
const READERS: Readonly<Record<string, Read>> = {
  '1 8': (view, at) => (view.getUint8(at) - 128) / 128,
  '1 16': (view, at) => view.getInt16(at, true) / 2 ** 15,
  '1 24': (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65536) / 2 ** 23,
  '1 32': (view, at) => view.getInt32(at, true) / 2 ** 31,
  '3 32': (view, at) => view.getFloat32(at, true),
  '3 64': (view, at) => view.getFloat64(at, true),
};
const EXTENSIBLE = 0xfffe;

/** The sounds of some files, at `rate` (else as they are); all must have one length. */
export async function decodeSounds(paths: readonly string[], context: TransformContext): Promise<Values> {
  const { rate } = context.node.settings;
  const sounds = await Promise.all(
    paths.map(async (path, row) => {
      const sound = await readSound(path, row, context);
      return typeof rate !== 'number' || rate === sound.rate ? sound.data : resampled(sound, rate);
    }),
  );
  const size = sounds[0]?.length ?? 0;
  const data = new Float32Array(sounds.length * size);
  for (const [row, sound] of sounds.entries()) {
    if (sound.length !== size) {
      throw new Failure(
        'data/unlike-lengths',
        `Sounds have many lengths (${size} samples in ${context.where(0)}, ${sound.length} in ${context.where(row)}): bring them to one, \`decodeAudio -> fit(16_000)\`.`,
        context.node.place,
      );
    }
    data.set(sound, row * size);
  }
  return { dtype: 'float32', shape: [size], count: sounds.length, data };
}

async function readSound(path: string, row: number, context: TransformContext): Promise<Sound> {
  const bytes = readMedia(path, row, context);
  const sound = (await decodePacked(bytes)) ?? parseWav(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (typeof sound !== 'string') return sound;
  throw new Failure(
    'data/not-wav',
    `The file of ${context.where(row)} is no sound that can be read: ${sound}. WAV files with whole numbers of 8 to 32 bits or decimal ones are, and FLAC and MP3; choose others out with \`files: "*.wav"\`.`,
    context.node.place,
  );
}

/** The sound, or what is the matter with it. */
export function parseWav(view: DataView): Sound | string {
  if (view.byteLength < 12 || word(view, 0) !== 'RIFF' || word(view, 8) !== 'WAVE')
    return 'it does not begin as a WAV file';
  let form:
    | { readonly read: Read; readonly channels: number; readonly frame: number; readonly rate: number }
    | undefined;
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const [name, length] = [word(view, at), view.getUint32(at + 4, true)];
    const start = at + 8;
    if (name === 'fmt ' && start + 16 <= view.byteLength) {
      const written = view.getUint16(start, true);
      const format =
        written === EXTENSIBLE && start + 26 <= view.byteLength ? view.getUint16(start + 24, true) : written;
      const bits = view.getUint16(start + 14, true);
      const read = READERS[`${format} ${bits}`];
      if (!read) return `its format ${format} with ${bits} bits is not known`;
      const [channels, frame] = [view.getUint16(start + 2, true), view.getUint16(start + 12, true)];
      form = { read, channels, frame, rate: view.getUint32(start + 4, true) };
      if (channels === 0 || frame < (channels * bits) / 8) return 'its head is damaged';
    } else if (name === 'data') {
      if (!form) return 'its samples come before their format';
      // Recorders that were cut off leave a length that is larger than the file.
      return { rate: form.rate, data: samples(view, start, Math.min(length, view.byteLength - start), form) };
    }
    at = start + length + (length % 2);
  }
  return 'it has no samples';
}

function samples(
  view: DataView,
  start: number,
  length: number,
  { read, channels, frame }: { readonly read: Read; readonly channels: number; readonly frame: number },
): Float32Array {
  const step = frame / channels;
  const data = new Float32Array(Math.floor(length / frame));
  for (let i = 0; i < data.length; i++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += read(view, start + i * frame + channel * step);
    data[i] = sum / channels;
  }
  return data;
}

/** Half the width of the window, in samples of the lower rate. */
const HALF = 16;

/** Another rate, through a sinc with a Hann window: what the lower rate cannot hold is taken out. */
export function resampled({ rate, data }: Sound, to: number): Float32Array {
  const ratio = to / rate;
  const cut = Math.min(1, ratio);
  const reach = HALF / cut;
  const result = new Float32Array(Math.round(data.length * ratio));
  for (let i = 0; i < result.length; i++) {
    const center = i / ratio;
    let sum = 0;
    for (let k = Math.ceil(center - reach); k <= Math.floor(center + reach); k++) {
      const away = (k - center) * cut;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * away) / HALF);
      const sinc = away === 0 ? 1 : Math.sin(Math.PI * away) / (Math.PI * away);
      sum += (data[k] ?? 0) * sinc * window * cut;
    }
    result[i] = sum;
  }
  return result;
}

function word(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(at + index)));
}
