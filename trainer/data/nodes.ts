/** Looking things up in the plan of a data declaration: its nodes, fields and columns, and what depends on what. */
import type { DataNode, PlanData, PlanField } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { choosingNodes } from './rows.ts';
import { isColumn } from './source.ts';

export function nodeOf(data: PlanData, id: number): DataNode {
  const node = data.nodes[id];
  if (node === undefined) throw new Failure('data/plan', `The plan has no data node ${id}.`, data.place);
  return node;
}

export function fieldOf(data: PlanData, name: string): PlanField {
  const field = data.fields.find((each) => each.name === name);
  if (field === undefined) throw new Failure('data/plan', `The plan has no field \`${name}\`.`, data.place);
  return field;
}

/** The nodes that some nodes are made of, these included. */
export function reachable(data: PlanData, from: readonly number[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const visit = (id: number): void => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const input of data.nodes[id]?.inputs ?? []) visit(input);
  };
  for (const id of from) visit(id);
  return seen;
}

/** Nodes that depend on one that `is` says yes to, these included. */
export function dependents(data: PlanData, is: (node: DataNode) => boolean): ReadonlySet<number> {
  const found = new Set<number>();
  for (const node of data.nodes) {
    if (is(node) || node.inputs.some((input) => found.has(input))) found.add(node.id);
  }
  return found;
}

/** Nodes that say how often a training row is drawn, and how much it counts. */
export function drawingNodes({ balance, weight }: PlanData): readonly number[] {
  return [balance ?? [], weight ?? []].flat();
}

/** The columns that the used fields read, and what chooses rows; `every`: no row is left out, so nothing chooses them. */
export function wantedColumns(data: PlanData, every = false): ReadonlySet<string> {
  const names = new Set<string>();
  const used = data.fields.filter((field) => field.used).map((field) => field.node);
  for (const id of reachable(data, every ? used : [...used, ...choosingNodes(data), ...drawingNodes(data)])) {
    const node = data.nodes[id];
    if (node !== undefined && isColumn(node.op)) names.add(String(node.settings.name));
  }
  return names;
}
