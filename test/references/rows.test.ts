/** The references take the very rows that Modelwright takes: what is compared is the training alone. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PlanData } from '../../language/index.ts';
import { partRows } from '../../trainer/data/rows.ts';
import { splitRows } from '../../trainer/data/split.ts';

const root = join(import.meta.dirname, '..', '..');
const python = join(root, '.references', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const there = existsSync(python);
if (!there) console.log('The references are not there (`npm run references`): their rows are not compared.');

function ask(program: string): unknown {
  const path = JSON.stringify(import.meta.dirname);
  const code = `import json, sys; sys.path.insert(0, ${path}); import common; print(json.dumps(${program}))`;
  const { stdout, stderr } = spawnSync(python, ['-W', 'ignore', '-c', code], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

test.skipIf(!there)(
  'a split by chance',
  () => {
    for (const [rows, validation, share, seed] of [
      [891, 0.1, 0.2, 0],
      [398, 0, 0.2, 7],
      [6920, 0.1, 0, 0],
    ] as const) {
      const parts = splitRows(rows, { validation, test: share }, seed);
      const theirs = ask(`[part.tolist() for part in common.split(${rows}, ${validation}, ${share}, ${seed})]`);
      expect(theirs).toEqual([parts.train, parts.validation, parts.test].map((part) => [...part]));
    }
  },
  60_000,
);

test.skipIf(!there)(
  'a split with the same share of each class',
  async () => {
    const classes = Array.from({ length: 342 }, (_, row) => ((row * row) % 7) % 3);
    const all = Uint32Array.from(classes.keys());
    const data = { validation: 0, test: 0, seed: 0, parts: { test: { kind: 'share', share: 0.3, stratify: 0 } } };
    const look = async (_node: number, rows: Uint32Array) => ({
      dtype: 'int32' as const,
      shape: [],
      count: rows.length,
      data: Float64Array.from(rows, (row) => classes[row] ?? 0),
    });
    const parts = await partRows(data as unknown as PlanData, all, false, look);
    const theirs = ask(
      `[part.tolist() for part in common.stratified_test(common.np.array(${JSON.stringify(classes)}), 0.3)]`,
    );
    expect(theirs).toEqual([[...parts.train], [...parts.test]]);
  },
  60_000,
);
