/** Small runs that have, between them, every feature that must survive a kill. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan, type Plan, render } from '../../language/index.ts';
import { idxFile } from '../trainer/files.ts';

const ROWS = 150;

const program = `
data Shapes {
  source: idx(images: "images.gz", labels: "labels.gz", importance: "importance.gz")
  image: float32[6, 6, 1] = images -> expand -> scale(0..255, 0..1)
  kind: int32 = labels
  weight: importance
  balance: kind
  augment: image -> flip -> noise(0.05)
  validation: 20%
  seed: 5
}

data Plain {
  source: idx(images: "images.gz", labels: "labels.gz")
  image: float32[6, 6, 1] = images -> expand -> scale(0..255, 0..1)
  kind: int32 = labels
  validation: 20%
}

model Net {
  input image: float32[6, 6, 1]
  output scores = image -> Normalize -> Conv2D(4, 3, relu, padding: same) -> BatchNorm -> Dropout(0.2)
    -> Flatten -> Dense(8, relu, l2: 1e-3) -> Dropout(0.3) -> Dense(5, softmax)
}

train Net on Shapes as steady {
  loss: crossEntropy(scores, kind)
  metrics: [accuracy(scores, kind), topK(scores, kind, 2)]
  optimizer: AdamW(cosine(3e-3, warmup: 4), decay: 0.01)
  clip: 1.0
  batch: 16
  accumulate: 2
  average: ema(0.9)
  epochs: 5
  stop: early(validation.accuracy, patience: 4)
  save: [best(validation.accuracy), every(7)]
  validate: every(3, batches: 2)
  seed: 2
}

train Net on Plain as listening {
  loss: crossEntropy(scores, kind)
  metrics: accuracy(scores, kind)
  optimizer: LAMB(plateau(0.01, factor: 0.5, patience: 1, watch: validation.loss), decay: 0.01, exclude: BatchNorm)
  batch: 16
  accumulate: 3
  steps: 24
  save: every(5)
}

train Net on Plain as tuned {
  start: steady
  loss: crossEntropy(scores, kind)
  metrics: accuracy(scores, kind)
  optimizer: SGD(0.01, momentum: 0.9)
  average: ema(0.99)
  clip: byValue(0.5)
  batch: 16
  epochs: 3
  save: best(validation.loss)
}
`;

export const declarations = ['steady', 'listening', 'tuned'] as const;

/** Writes the data of the programs. */
export function writeData(folder: string): void {
  let state = 1;
  const byte = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 24;
  };
  const bytes = (count: number, below = 256): number[] => Array.from({ length: count }, () => byte() % below);
  writeFileSync(join(folder, 'images.gz'), idxFile([ROWS, 6, 6], bytes(ROWS * 36)));
  writeFileSync(join(folder, 'labels.gz'), idxFile([ROWS], bytes(ROWS, 5)));
  writeFileSync(join(folder, 'importance.gz'), idxFile([ROWS], bytes(ROWS, 4)));
  writeFileSync(join(folder, 'torture.model'), program);
}

/** The plan of one of the runs. */
export function planOf(folder: string, declaration: string): Plan {
  const file = join(folder, 'torture.model');
  const analyser = createAnalyser(createFiles({}));
  const answer = makePlan(analyser, { file, text: program, declaration, action: 'train' });
  if (answer.kind === 'plan') return answer.plan;
  throw new Error(answer.problems.map((one) => `${one.code}: ${render(one.message)}`).join('\n'));
}
