/** A network that tells which word is spoken in a short recording. */
import type { Template } from './family.ts';
import { dataName, quoted } from './names.ts';

const MODEL = 'Listener';
/** Sounds are brought to this rate where they have a higher one: speech needs no more. */
const RATE = 16_000;
/** Longer recordings are cut off, in seconds. */
const LONGEST = 4;

export const speech: Template = ({ path, header }) => {
  if (header.kind !== 'folder') return undefined;
  const { rates, lengths } = header.sample;
  const [first] = rates;
  if (first === undefined || lengths.length === 0) return undefined;
  const rate = Math.min(RATE, first);
  const seconds = Math.min(LONGEST, Math.max(...lengths) / first);
  const length = Math.max(1000, Math.ceil((seconds * rate) / 1000) * 1000);
  const part = header.parts.find((column) => (column.classes?.count ?? 0) >= 2);
  const folders = header.classes?.count ?? 0;
  if (folders < 2 && part === undefined) return undefined;
  const classes = folders >= 2 ? folders : (part?.classes?.count ?? 2);
  const column = folders >= 2 ? 'folder' : (part?.name ?? '');
  const parts = folders >= 2 ? '' : `, parts: [${header.parts.map(({ name }) => name).join(', ')}]`;
  const [window, hop] = rate > 8000 ? [512, 256] : [256, 128];
  const name = dataName(path, MODEL);
  return `## Recordings of single words.
data ${name} {
  source: folder(${quoted(path)}, files: "*.wav"${parts})
  wave: float32[${length}] = file -> decodeAudio(rate: ${grouped(rate)}) -> fit(${grouped(length)})
  label: int32 = ${column} -> Index
  validation: 10%
  test: share(20%, stratify: ${column})
}

model ${MODEL}(classes: int = ${classes}) {
  input wave: float32[${length}]

  output answer = wave
    -> MFCC(${window}, ${hop}, 40, 13, rate: ${grouped(rate)}) -> Normalize
    -> Conv1D(32, 5, relu, padding: same) -> MaxPool1D(2)
    -> Conv1D(64, 5, relu, padding: same)
    -> GlobalAvgPool1D
    -> Dropout(0.2)
    -> Dense(classes, softmax)
}

train ${MODEL} on ${name} {
  loss: crossEntropy(answer, label)
  metrics: accuracy(answer, label)
  optimizer: Adam(2e-3)
  epochs: 15
  batch: 32
}

## On recordings that the network has never heard.
evaluate ${MODEL} on ${name} {
  metrics: accuracy(answer, label)
}
`;
};

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/gu, '_');
}
