/**
 * Parts that are the rows of other data (`validation: Sst("dev")`): a pipeline of their own, over their own files, which
 * uses what was learned on the training rows of this one.
 */
import type { PlanData, PlanPart } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { nameOf, type Visit } from './context.ts';
import type { PartName } from './feed.ts';
import { type Fitted, type FittedNodes, isFitted } from './fit.ts';
import type { DataPlace } from './locate.ts';
import { nodeOf, wantedColumns } from './nodes.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import { loadSource } from './source.ts';

/** A part's own pipeline, and the plan that it works by. */
export interface OtherPart {
  readonly data: PlanData;
  readonly pipeline: Pipeline;
  readonly hash: string;
}

export type OtherParts = Readonly<Partial<Record<PartName, OtherPart>>>;

/** Loads the parts of a plan that are rows of other data. */
export async function loadOtherParts(
  data: PlanData,
  fitted: FittedNodes,
  place: Omit<DataPlace, 'at'>,
): Promise<OtherParts> {
  const load = async (part: PlanPart | undefined): Promise<OtherPart | undefined> => {
    if (part?.kind !== 'data') return undefined;
    // What nobody reads here is not read there either.
    const used = new Set(data.fields.filter((field) => field.used).map((field) => field.name));
    const other = { ...part.data, fields: part.data.fields.map((one) => ({ ...one, used: used.has(one.name) })) };
    const loaded = await loadSource(other, place, wantedColumns(other));
    const pipeline = await createPipeline(other, loaded.table, {
      fitted: correspondingFitted(data, other, fitted, part),
      whole: true,
    });
    return { data: other, pipeline, hash: loaded.hash };
  };
  const [validation, test] = [await load(data.parts?.validation), await load(data.parts?.test)];
  return { ...(validation ? { validation } : {}), ...(test ? { test } : {}) };
}

/** The pipeline that makes the rows of a part. */
export function withOtherParts(own: Pipeline, others: OtherParts): Pipeline {
  if (Object.keys(others).length === 0) return own;
  const of = (visit: Pick<Visit, 'part'>): Pipeline =>
    (visit.part === undefined ? undefined : others[visit.part]?.pipeline) ?? own;
  const rowsOf = (part: PartName): Uint32Array => others[part]?.pipeline.parts.test ?? own.parts[part];
  return {
    ...own,
    parts: { train: own.parts.train, validation: rowsOf('validation'), test: rowsOf('test') },
    fields: (rows, visit, wanted) => of(visit).fields(rows, visit, wanted),
    packedFields: (rows, visit, wanted) => of(visit).packedFields(rows, visit, wanted),
    field: (name, rows, visit) => of(visit).field(name, rows, visit),
    where: (name, row, part) => of({ part }).where(name, row, part),
  };
}

/** What was learned for a field here, for the same field there: fitted nodes correspond in their order along the way. */
function correspondingFitted(
  own: PlanData,
  other: PlanData,
  fitted: FittedNodes,
  part: Extract<PlanPart, { kind: 'data' }>,
): FittedNodes {
  const found = new Map<number, Fitted>();
  for (const field of other.fields) {
    const source = own.fields.find((one) => one.name === field.name);
    if (!field.used || source === undefined) continue;
    const [here, there] = [fittedBelow(own, source.node), fittedBelow(other, field.node)];
    const alike = here.length === there.length && here.every((id, i) => opOf(own, id) === opOf(other, there[i] ?? -1));
    if (!alike) {
      const names = (data: PlanData, ids: readonly number[]): string =>
        ids.length === 0 ? 'nothing' : ids.map((id) => `\`${opOf(data, id)}\``).join(', ');
      throw new Failure(
        'data/part-learned',
        `The field \`${field.name}\` of \`${other.name}\` must be made by what was learned on \`${own.name}\`, but here it learns ${names(own, here)} and there ${names(other, there)}. Write the field alike in both.`,
        part.place,
      );
    }
    here.forEach((id, i) => {
      const learned = fitted.get(id);
      if (learned !== undefined) found.set(there[i] ?? -1, learned);
    });
  }
  return found;
}

function opOf(data: PlanData, id: number): string {
  return nameOf(nodeOf(data, id).op);
}

/** The fitted nodes that a node is made of, from the source on. */
function fittedBelow(data: PlanData, root: number): readonly number[] {
  const seen = new Set<number>();
  const found: number[] = [];
  const visit = (id: number): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const node = nodeOf(data, id);
    for (const input of node.inputs) visit(input);
    if (isFitted(node)) found.push(id);
  };
  visit(root);
  return found;
}
