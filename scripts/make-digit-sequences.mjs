/**
 * Joins single spoken digits to sequences of three to five for `examples/families/sequences.model`:
 * `node scripts/make-digit-sequences.mjs [FOLDER]`. It reads `spoken-digits` beside the program or in MODELWRIGHT_DATA. A file
 * is named after what is said in it: `4-0-7_theo_12.wav`. One speaker says a whole sequence, with short silences between the
 * digits. The takes 0 to 4 of each digit are only in `test`, so that nothing tested was heard before. The same files each time.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom } from './lib/random.mjs';

const RATE = 8000;
const LONGEST = 20_000;
const PARTS = [
  { name: 'train', count: 900, seed: 1, takes: (take) => take >= 5 },
  { name: 'test', count: 150, seed: 2, takes: (take) => take < 5 },
];

const families = join(import.meta.dirname, '..', 'examples', 'families');
const target = process.argv[2] ?? join(families, 'digit-sequences');
const source = [families, process.env.MODELWRIGHT_DATA]
  .filter((folder) => folder !== undefined)
  .map((folder) => join(folder, 'spoken-digits'))
  .find((folder) => existsSync(folder));
if (source === undefined) {
  console.error(
    'There is no spoken-digits, neither in examples/families nor in MODELWRIGHT_DATA: `npm run data` fetches it.',
  );
  process.exit(1);
}

const sounds = readdirSync(source).flatMap((name) => {
  const match = /^(\d)_([a-z]+)_(\d+)\.wav$/u.exec(name);
  return match ? [{ digit: match[1], speaker: match[2], take: Number(match[3]), path: join(source, name) }] : [];
});
const speakers = [...new Set(sounds.map((sound) => sound.speaker))].sort();
for (const part of PARTS) {
  const folder = join(target, part.name);
  mkdirSync(folder, { recursive: true });
  const random = randomFrom(part.seed);
  const known = sounds.filter((sound) => part.takes(sound.take)).sort((a, b) => (a.path < b.path ? -1 : 1));
  for (let number = 0; number < part.count; ) {
    const speaker = pick(speakers, random);
    const own = known.filter((sound) => sound.speaker === speaker);
    const said = Array.from({ length: 3 + Math.floor(random() * 3) }, () => pick(own, random));
    const joined = said.flatMap((sound) => [samplesOf(sound.path), new Int16Array(Math.floor(random() * 800))]);
    if (joined.reduce((sum, piece) => sum + piece.length, 0) > LONGEST) continue;
    const digits = said.map((sound) => sound.digit).join('-');
    writeFileSync(join(folder, `${digits}_${speaker}_${number}.wav`), wavOf(joined));
    number++;
  }
}
console.log(`digit sequences: ${PARTS.map(({ name, count }) => `${count} in ${name}`).join(', ')}, in ${target}`);

function pick(list, random) {
  return list[Math.floor(random() * list.length)];
}

/** The samples of a WAV file of 16 bits, one channel. */
function samplesOf(path) {
  const bytes = readFileSync(path);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    if (bytes.toString('latin1', at, at + 4) === 'data') {
      const end = Math.min(at + 8 + length, bytes.length);
      return Int16Array.from({ length: (end - at - 8) >> 1 }, (_, i) => bytes.readInt16LE(at + 8 + 2 * i));
    }
    at += 8 + length + (length % 2);
  }
  throw new Error(`${path} has no samples`);
}

function wavOf(pieces) {
  const data = Buffer.concat(pieces.map((piece) => Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(2 * RATE, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
