/** The command line as a process, in a folder with a table and two programs over it. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll } from 'vitest';
import { bundleTrainer } from '../trainer/bundle.ts';

export let cli: string;
export let folder: string;
beforeAll(async () => {
  cli = join(dirname(await bundleTrainer()), 'cli.js');
  folder = mkdtempSync(join(tmpdir(), 'mw-cli-'));
  mkdirSync(join(folder, '.modelwright'));
  const rows = Array.from({ length: 200 }, (_, i) => {
    const [a, b] = [(i * 37) % 101, (i * 53) % 97];
    return `${a},${b},${2 * a - b},${a > 50 ? 'high' : 'low'}`;
  });
  writeFileSync(join(folder, 'table.csv'), `a,b,y,kind\n${rows.join('\n')}\n`);
  writeFileSync(join(folder, 'table.model'), program);
  writeFileSync(join(folder, 'kinds.model'), kinds);
});

export const program = `data Table {
  source: csv("table.csv")
  x: float32[2] = stack(a, b) -> Normalize
  y: float32 = y / 100
  validation: 20%
}

model Line {
  input x: float32[2]

  output y = x -> Dense(8, relu) -> Dense(1) -> squeeze
}

train Line on Table {
  loss: mse(Line.y, Table.y)
  metrics: mae(Line.y, Table.y)
  optimizer: Adam(0.01)
  epochs: 30
  batch: 32
}

evaluate Line on Table {
  expect: mae(Line.y, Table.y) < 0.2
}
`;

export const kinds = `data Kinds {
  source: csv("table.csv")
  x: float32[2] = stack(a, b) -> Normalize
  kind: int32 = kind -> Index
  validation: 20%
}

model Kind {
  input x: float32[2]

  output scores = x -> Dense(8, relu) -> Dense(2, softmax)
}

train Kind on Kinds {
  loss: crossEntropy(scores, kind)
  optimizer: Adam(0.01)
  epochs: 5
  batch: 32
}

evaluate Kind on Kinds {
  metrics: [accuracy(scores, kind), confusion(scores, kind)]
}
`;

export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in `cwd`; `onOut` sees standard output as it comes and may press Ctrl-C. */
export function modelwright(
  args: readonly string[],
  onOut?: (text: string, interrupt: () => void) => void,
  cwd = folder,
): Promise<Answer> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd,
      env: { ...process.env, MODELWRIGHT_DATA: '' },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString();
      onOut?.(text.toString(), () => child.kill('SIGINT'));
    });
    child.stderr.on('data', (text: Buffer) => {
      err += text.toString();
    });
    child.on('close', (code) => done({ code, out, err }));
  });
}

export const lines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
