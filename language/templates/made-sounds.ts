/** Sounds of the example data: tones that rise, fall or stay, a folder for each, as WAV files. */
import type { MadeFile } from './example-data.ts';
import type { Chance } from './made-chance.ts';

const RATE = 8000;
const LENGTH = 4000;
const EACH = 20;

const KINDS = [
  { name: 'falling', change: -400 },
  { name: 'flat', change: 0 },
  { name: 'rising', change: 400 },
] as const;

/** Half a second each, 16 bits. */
export function soundFiles(chance: Chance): readonly MadeFile[] {
  return KINDS.flatMap(({ name, change }) =>
    Array.from({ length: EACH }, (_, index) => ({
      path: `sounds/${name}/${index + 1}.wav`,
      content: wave(700 + chance.next() * 300, change, chance),
    })),
  );
}

function wave(from: number, change: number, chance: Chance): Uint8Array {
  const bytes = new Uint8Array(44 + 2 * LENGTH);
  const view = new DataView(bytes.buffer);
  const word = (at: number, text: string) => {
    for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  };
  word(0, 'RIFF');
  view.setUint32(4, 36 + 2 * LENGTH, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, 2 * RATE, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, 2 * LENGTH, true);
  let phase = 0;
  for (let i = 0; i < LENGTH; i++) {
    phase += (2 * Math.PI * (from + (change * i) / LENGTH)) / RATE;
    view.setInt16(44 + 2 * i, Math.round(12_000 * Math.sin(phase) + 1000 * chance.normal()), true);
  }
  return bytes;
}
