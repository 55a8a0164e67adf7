/** The plan of a data declaration: its source, the nodes of its fields, and which rows are for what. */
import type { DataResult } from '../check/data.ts';
import type { Choice, OtherRows } from '../check/data-parts.ts';
import { type Frame, place } from '../check/frame.ts';
import type { GivenArg } from '../check/layer.ts';
import { reportAt } from '../check/report.ts';
import { type DataParts, enterData } from '../check/run-scope.ts';
import { numberIn, type Value } from '../check/value.ts';
import type { Message, Place } from '../problem.ts';
import { agree } from '../shapes/broadcast.ts';
import { printType, type TensorType } from '../shapes/type.ts';
import { planAugment } from './augment.ts';
import { buildPipeline } from './graph.ts';
import type { Places } from './places.ts';
import type { PlanData, PlanPart, Ref, Settings, SettingValue } from './plan.ts';
import type { GraphRecorder } from './recorder.ts';
import { type Planner, planSettings, planShape } from './values.ts';

export interface DataWish {
  readonly data: DataParts;
  /** `Mnist("t10k")`, as reports print it. */
  readonly title: string;
  /** Where the data is asked for: problems without a better place stand there. */
  readonly asked: Place;
  /** Whether a field is read by anybody; what nobody reads may stay unknown. */
  readonly isUsed: (field: string) => boolean;
}

export interface DataPlanning {
  readonly frame: Frame;
  readonly recorder: GraphRecorder;
  readonly places: Places;
  readonly planner: Planner;
}

/** The plan of the data; a used field that is not known is reported. */
export function planData({ data, title, asked, isUsed }: DataWish, planning: DataPlanning): PlanData {
  const { recorder, places, planner, frame } = planning;
  const { result } = data;
  const at = { chunk: data.chunk, start: data.declaration.start, end: data.declaration.end };
  const known = [...result.fields.values()].filter((field) => field.value.ref);
  for (const field of result.fields.values()) {
    if (!isUsed(field.name) || field.value.ref) continue;
    reportAt(frame, asked, { message: { key: 'train/unread-data', values: { what: `the field \`${field.name}\`` } } });
  }
  const pipeline = buildPipeline(
    recorder,
    [...known.flatMap(({ value }) => (value.ref ? [value.ref] : [])), ...choosing(result)],
    places,
    planner,
  );
  return {
    name: data.declaration.name.text,
    title,
    args: argsOf(data.params),
    source: sourceCall(result, asked, planning),
    nodes: pipeline.nodes,
    fields: known.map((field) => ({
      name: field.name,
      node: field.value.ref ? pipeline.id(field.value.ref) : 0,
      dtype: field.value.type.dtype ?? 'float32',
      shape: isUsed(field.name)
        ? planShape(field.value.type.shape, `the field \`${field.name}\``, field.at, planner)
        : (field.value.type.shape ?? []).map((dim) => numberIn({ kind: 'size', dim }) ?? 1),
      used: isUsed(field.name),
      place: places.of(field.at),
    })),
    validation: result.validation,
    test: result.test,
    ...rowChoices(result, pipeline, (rows) => planOther(rows, data, isUsed, planning)),
    ...planAugment(result.augment, isUsed, planning),
    shuffle: result.shuffle,
    seed: result.seed,
    place: places.of(at),
  };
}

/** The rows of other data: their fields must have the types of these. Empty: reported. */
function planOther(
  rows: OtherRows,
  own: DataParts,
  isUsed: DataWish['isUsed'],
  planning: DataPlanning,
): readonly PlanPart[] {
  const { recorder, places } = planning;
  const name = { ...rows.name, kind: 'name' as const };
  const { chunk, declaration } = rows;
  const found = enterData({ chunk, declaration, name }, rows.args, rows.frame, { recorder, starting: true });
  if (!found) return [];
  const at = place(rows.frame, rows.name);
  const kept = { ...found.result.kept, balance: undefined };
  const result: DataResult = { ...found.result, ...ALL_ROWS, kept };
  for (const field of own.result.fields.values()) {
    const other = result.fields.get(field.name);
    if (!other || !isUsed(field.name) || sameType(field.value.type, other.value.type)) continue;
    const types = { field: field.name, own: printType(field.value.type), other: printType(other.value.type) };
    const message: Message = { key: 'data/part-fields.type', values: { data: rows.name.text, ...types } };
    reportAt(planning.frame, at, { message });
    return [];
  }
  const title = `${rows.name.text}(${rows.args.map(({ arg, frame }) => textOf(arg, frame)).join(', ')})`;
  const data = planData({ data: { ...found, result }, title, asked: at, isUsed }, planning);
  return [{ kind: 'data', data, place: places.of(at) }];
}

/** What other data says of its own parts and of training does not count for rows that stand in for some of these. */
const ALL_ROWS: Pick<DataResult, 'validation' | 'test' | 'parts' | 'augment'> = {
  validation: 0,
  test: 0,
  parts: { validation: undefined, test: undefined },
  augment: [],
};

function sameType(own: TensorType, other: TensorType): boolean {
  const sameDtype = own.dtype === undefined || other.dtype === undefined || own.dtype === other.dtype;
  return sameDtype && agree(own.shape, other.shape).ok;
}

function textOf(arg: GivenArg['arg'], frame: Frame): string {
  return frame.chunk.text.slice(arg.start, arg.end);
}

/** The nodes that say which rows there are and which of them are for what. */
function choosing({ kept, parts }: DataResult): readonly Ref[] {
  const refs = [parts.validation, parts.test].map((choice) =>
    choice?.kind === 'condition' ? [choice.node] : choice?.kind === 'share' ? sharedBy(choice) : [],
  );
  const single = [kept.keep, kept.balance, kept.weight].flatMap((ref) => ref ?? []);
  return [...single, ...kept.deduplicate, ...refs.flat()];
}

function sharedBy({ by, stratify }: Extract<Choice, { kind: 'share' }>): readonly Ref[] {
  return [by, stratify].flatMap((ref) => ref ?? []);
}

type Pipeline = ReturnType<typeof buildPipeline>;

/** Gives each value a number of its own: rows are alike before it where they are alike behind it. */
const NUMBERING = 'data/Index';

/** The node to tell rows apart by: before `Index` has learned which rows there are. */
function likenessOf({ nodes, id }: Pipeline, ref: Ref): number {
  const node = nodes[id(ref)];
  return node?.op === NUMBERING ? (node.inputs[0] ?? node.id) : id(ref);
}

function rowChoices(
  { kept, parts }: DataResult,
  pipeline: Pipeline,
  other: (rows: OtherRows) => readonly PlanPart[],
): Partial<PlanData> {
  const { id } = pipeline;
  const part = (choice: Choice | undefined): PlanPart | undefined => {
    switch (choice?.kind) {
      case undefined:
        return undefined;
      case 'condition':
        return { kind: 'condition', node: id(choice.node) };
      case 'data':
        return other(choice)[0];
      case 'share':
        return {
          kind: 'share',
          share: choice.share,
          ...(choice.by ? { by: likenessOf(pipeline, choice.by) } : {}),
          ...(choice.stratify ? { stratify: likenessOf(pipeline, choice.stratify) } : {}),
        };
    }
  };
  const [validation, test] = [part(parts.validation), part(parts.test)];
  const chosen = {
    ...(validation ? { validation } : {}),
    ...(test ? { test } : {}),
  };
  return {
    ...(kept.keep ? { keep: id(kept.keep) } : {}),
    ...(kept.deduplicate.length > 0 ? { deduplicate: kept.deduplicate.map((ref) => likenessOf(pipeline, ref)) } : {}),
    ...(Object.keys(chosen).length > 0 ? { parts: chosen } : {}),
    ...(kept.balance ? { balance: id(kept.balance) } : {}),
    ...(kept.weight ? { weight: id(kept.weight) } : {}),
    ...(kept.cache ? { cache: kept.cache } : {}),
  };
}

function sourceCall({ source }: DataResult, asked: Place, { places, planner }: DataPlanning): PlanData['source'] {
  const at = source?.place ?? asked;
  return {
    call: `source/${source?.entry.name ?? ''}`,
    settings: planSettings(source?.settings ?? {}, at, planner),
    place: places.of(at),
  };
}

/** Values of parameters as a plan holds them. */
export function argsOf(params: ReadonlyMap<string, Value>): Settings {
  return Object.fromEntries([...params].map(([name, value]) => [name, argOf(value)]));
}

function argOf(value: Value): SettingValue {
  switch (value.kind) {
    case 'size':
    case 'number':
      return numberIn(value) ?? null;
    case 'flag':
    case 'text':
      return value.value ?? null;
    case 'word':
      return value.text;
    case 'list':
      return value.items.map(argOf);
    case 'tensor':
    case 'range':
    case 'tuple':
    case 'layer':
    case 'unknown':
      return null;
  }
}
