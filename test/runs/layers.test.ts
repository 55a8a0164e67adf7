/** The layers of a run's program, from its plan on disk, and the way between them and the lines of the editor. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { layersAt, lineOfLayer, sourceFiles } from '../../client/panel/layer-lines.ts';
import { createAnalyser, makePlan } from '../../language/index.ts';
import { type ProgramLayers, readLayers } from '../../runs/index.ts';

const text = `data D {
  source: idx(x: "x.idx", y: "y.idx")
  x: float32[4, 8] = x
  y: float32[2] = y
}
model M {
  input x: float32[4, 8]
  h = x -> Attention(2) -> Dense(8, relu)
  output out = h -> repeat(2) { Dense(8, tanh) } -> Flatten -> Dense(2)
}
train M on D {
  loss: mse(out, y)
}
`;

const folder = mkdtempSync(join(tmpdir(), 'mw-layers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function planText(): string {
  const shape = (path: string) => (path === 'x.idx' ? [80, 4, 8] : [80, 2]);
  const analyser = createAnalyser({
    source: () => 'missing',
    header: (_from, path) => ({ ok: true, value: { kind: 'idx', dtype: 'float32', shape: shape(path) } }),
  });
  const answer = makePlan(analyser, { file: '/home/ada/m.model', text, action: 'train' });
  if (answer.kind !== 'plan') throw new Error('no plan');
  return JSON.stringify(answer.plan);
}

function read(plan: string): ProgramLayers | undefined {
  writeFileSync(join(folder, 'plan.json'), plan);
  return readLayers(folder);
}

describe('layers of a plan', () => {
  test('stand in the order of the program, with class, shape, parameters and line', () => {
    const program = read(planText())!;
    expect(program.layers.map(({ path, kind, line }) => [path, kind, line])).toEqual([
      ['M/Attention.0', 'Attention', 8],
      ['M/Dense.0', 'Dense', 8],
      ['M/repeat.0[0]/Dense.0', 'Dense', 9],
      ['M/repeat.0[1]/Dense.0', 'Dense', 9],
      ['M/Flatten.0', 'Flatten', 9],
      ['M/Dense.1', 'Dense', 9],
    ]);
    expect(program.layers.at(-1)).toMatchObject({
      name: 'Dense.1',
      shape: [2],
      parameters: 32 * 2 + 2,
      trained: true,
    });
    expect(program.layers.at(-2)).toMatchObject({ name: 'Flatten.0', parameters: 0, trained: false });
    expect(program.attends).toBe(true);
  });

  test('weights that are frozen and statistics are not trained', () => {
    const node = { op: 'model/Normalize', place: { source: 0, line: 1, column: 1, start: 0, end: 4 } };
    const weights = [{ shape: [3], trainable: false }, { shape: [2] }];
    const nodes = [
      { ...node, path: 'M/Normalize.0', weights: { mean: 0 } },
      { ...node, path: 'M/Normalize.1', weights: { mean: 0, scale: 1 } },
    ];
    const program = read(JSON.stringify({ graph: { nodes, weights }, sources: [{ path: 'm', text: 'x' }] }))!;
    expect(program.layers).toMatchObject([
      { parameters: 3, trained: false },
      { parameters: 5, trained: true },
    ]);
  });

  test.each([
    ['no JSON', '{"version": 1, "graph"'],
    ['a list', '[]'],
    ['no graph', '{"version": 1}'],
  ])('a damaged plan (%s) has none', (_, plan) => {
    expect(read(plan)).toBeUndefined();
  });

  test('what is strange in a plan is left out', () => {
    const node = { path: '<img>', op: 'model/Dense', place: { source: 0, line: 1, column: 1, start: 0, end: 4 } };
    const odd = [null, 7, {}, { path: 'A', op: 3 }, { ...node, place: { source: 9 } }, { ...node, weights: { k: 99 } }];
    const program = read(JSON.stringify({ graph: { nodes: odd, weights: {} }, sources: [{ path: 'm', text: 'x' }] }))!;
    expect(program.layers).toMatchObject([{ path: '<img>', parameters: 0, shape: [] }]);
    expect(program.attends).toBe(false);
  });
});

describe('lines and layers', () => {
  const program = read(planText())!;
  const lines = text.split('\n');
  const at = (line: number, word: string) => {
    const own = lines[line - 1] ?? '';
    return layersAt(program, 0, { line, column: own.indexOf(word) + 1, text: own });
  };

  test('the cursor finds the layer under it, else all of its line', () => {
    expect(at(8, 'Attention')).toEqual(['M/Attention.0']);
    expect(at(8, 'Dense')).toEqual(['M/Dense.0']);
    expect(at(9, 'tanh')).toEqual(['M/repeat.0[0]/Dense.0', 'M/repeat.0[1]/Dense.0']);
    expect(at(9, 'output')).toHaveLength(4);
    expect(at(7, 'input')).toEqual([]);
  });

  test('a line that has moved is found by its text, one that has changed is not', () => {
    const moved = { line: 12, column: 8, text: lines[7]! };
    expect(layersAt(program, 0, moved)).toHaveLength(2);
    expect(layersAt(program, 0, { ...moved, text: '  h = x -> Dense(16)' })).toEqual([]);
    const layer = program.layers[1]!;
    expect(lineOfLayer(program, layer, text)).toBe(8);
    expect(lineOfLayer(program, layer, `# new\n\n${text}`)).toBe(10);
    expect(lineOfLayer(program, layer, text.replace('Dense(8, relu)', 'Dense(9, relu)'))).toBeUndefined();
  });

  test('copies in the run’s folder are named as the trainer names them', () => {
    const sources = [
      { path: '/home/ada/m.model', text: '' },
      { path: 'parts/m.model', text: '' },
    ];
    expect(sourceFiles(sources, '/home/ada/m.model', '/runs/1')).toEqual([
      { file: '/home/ada/m.model', copy: '/runs/1/source/m.model' },
      { file: '/home/ada/parts/m.model', copy: '/runs/1/source/2-m.model' },
    ]);
  });
});
