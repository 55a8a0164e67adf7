/** Data declarations made by hand, for tests that need no parser. */
import type { Plan, PlanData, PlanPlace, SettingValue } from '../../language/index.ts';

export const placeAt = (line: number): PlanPlace => ({ source: 0, start: 0, end: 0, line, column: 1 });

export interface NodeSketch {
  readonly op: string;
  readonly inputs?: readonly number[];
  readonly settings?: Readonly<Record<string, SettingValue>>;
  readonly shape?: readonly number[];
  readonly dtype?: PlanData['nodes'][number]['dtype'];
}

export interface DataSketch {
  readonly source: 'idx' | 'csv' | 'npy' | 'text';
  readonly files: Readonly<Record<string, SettingValue>>;
  readonly nodes: readonly NodeSketch[];
  readonly fields: Readonly<
    Record<
      string,
      { readonly node: number; readonly dtype: PlanData['fields'][number]['dtype']; readonly shape?: readonly number[] }
    >
  >;
  readonly validation?: number;
  readonly test?: number;
  readonly shuffle?: boolean;
  readonly seed?: number;
}

/** Node i stands in line 10 + i, field i in line 30 + i, the source in line 2. */
export function dataPlan(sketch: DataSketch): PlanData {
  return {
    name: 'Data',
    title: 'Data',
    args: {},
    source: { call: `source/${sketch.source}`, settings: sketch.files, place: placeAt(2) },
    nodes: sketch.nodes.map((node, id) => ({
      id,
      op: node.op,
      inputs: node.inputs ?? [],
      settings: node.settings ?? {},
      dtype: node.dtype,
      shape: node.shape,
      place: placeAt(10 + id),
    })),
    fields: Object.entries(sketch.fields).map(([name, field], i) => ({
      name,
      node: field.node,
      dtype: field.dtype,
      shape: field.shape ?? [],
      used: true,
      place: placeAt(30 + i),
    })),
    validation: sketch.validation ?? 0,
    test: sketch.test ?? 0,
    shuffle: sketch.shuffle ?? true,
    seed: sketch.seed ?? 0,
    place: placeAt(1),
  };
}

/** A plan with that data. */
export function withData(plan: Plan, data: DataSketch, file: string): Plan {
  return { ...plan, file, sources: [{ path: file, text: '# made by a test\n' }], data: dataPlan(data) };
}
