/** `augment: image -> flip -> rotate(15)`: what happens to training rows by chance, and leaves a field what it is. */
import { catalog } from '../catalog/index.ts';
import type { Ref } from '../plan/plan.ts';
import { agree } from '../shapes/broadcast.ts';
import { printType } from '../shapes/type.ts';
import type { Entry, Expr, FlowExpr, NameExpr } from '../syntax/tree.ts';
import { applyLayer } from './apply.ts';
import { stageLayer } from './call.ts';
import type { DataField } from './data.ts';
import { evaluate } from './expression.ts';
import type { Frame } from './frame.ts';
import { complain, replaceFix, report } from './report.ts';
import { seen, unknownValue, type Value } from './value.ts';

/** A flow of `augment:`: its steps are what was recorded between the two. */
export interface AugmentFlow {
  readonly fields: readonly DataField[];
  readonly first: Ref;
  readonly last: Ref;
}

/** `frame` sees the fields; `fields` are those of the section. Flows with errors are left out. */
export function checkAugment(
  entry: Entry | undefined,
  fields: ReadonlyMap<string, DataField>,
  frame: Frame,
): readonly AugmentFlow[] {
  if (!entry || entry.value.kind === 'missing') return [];
  const { value } = entry;
  if (value.kind === 'name' && value.text === 'none') return [];
  const inner: Frame = { ...frame, places: ['augment'], open: false };
  const flows = value.kind === 'list' ? value.items : [value];
  return flows.flatMap((flow, index) => {
    if (flow.kind === 'flow') return checkFlow(flow, fields, inner) ?? [];
    if (flow.kind !== 'missing') complainOfForm(flow, flows[index - 1], frame);
    return [];
  });
}

/** What is no flow; a step alone in a list belongs to the flow before it. */
function complainOfForm(flow: Expr, before: Expr | undefined, frame: Frame): void {
  const name = flow.kind === 'call' ? flow.callee : flow;
  if (name.kind !== 'name' || !catalog.find('augment', name.text)) {
    complain(frame, flow, 'data/augment-form');
    return;
  }
  const text = (expr: Expr) => frame.chunk.text.slice(expr.start, expr.end);
  const whole = `${before?.kind === 'flow' ? text(before) : 'image'} -> ${text(flow)}`;
  const span = before?.kind === 'flow' ? { start: before.start, end: flow.end } : undefined;
  const fixes = span ? [replaceFix(frame, 'data/augment-form/flow', span, whole)] : [];
  complain(frame, flow, 'data/augment-form.alone', { step: text(flow), whole }, fixes);
}

interface Track {
  readonly field: DataField | undefined;
  value: Value;
}

/** Several fields go through each stage side by side, changed alike. */
function checkFlow(flow: FlowExpr, fields: ReadonlyMap<string, DataField>, frame: Frame): AugmentFlow | undefined {
  const { first } = flow;
  const items = first.kind === 'tuple' ? first.items.map((item) => item.value) : [first];
  const tracks = items.map((expr) => trackOf(expr, fields, frame));
  for (const stage of flow.stages) {
    if (stage.kind === 'ascribe') continue;
    const layer = stageLayer(stage.layer, frame, stage.arrow);
    for (const track of tracks) track.value = layer ? applyLayer(layer, track.value, frame) : unknownValue;
    const [only] = tracks;
    if (only) frame.facts?.values.set(stage.layer, seen(only.value));
  }
  for (const track of tracks) checkResult(track, flow, frame);
  if (!complainOfNoPicture(flow, tracks, fields, frame)) remarkMixedAlone(flow, tracks, fields, frame);
  const [track] = tracks;
  const before = track?.field?.value.ref;
  const after = track?.value.kind === 'tensor' ? track.value.ref : undefined;
  return before && after
    ? { fields: tracks.flatMap(({ field }) => field ?? []), first: before, last: after }
    : undefined;
}

/** `cutmix` puts a piece of a picture into another one: something in its flow must be one. True where nothing is. */
function complainOfNoPicture(
  flow: FlowExpr,
  tracks: readonly Track[],
  fields: ReadonlyMap<string, DataField>,
  frame: Frame,
): boolean {
  const stage = flow.stages.find((one) => one.kind === 'stage' && nameOfStage(one.layer)?.text === 'cutmix');
  const callee = stage?.kind === 'stage' ? nameOfStage(stage.layer) : undefined;
  const axes = tracks.map(({ field }) => axesOf(field));
  if (!callee || axes.some((count) => count === undefined || isPicture(count))) return false;
  const names = tracks.flatMap(({ field }) => field?.name ?? []);
  const picture = [...fields.values()].find((field) => isPicture(axesOf(field)))?.name;
  const whole = `(${[picture ?? 'image', ...names].join(', ')}) -> cutmix`;
  const variant = picture === undefined ? '.none' : '';
  const fixes = picture === undefined ? [] : [replaceFix(frame, 'data/cutmix-picture/flow', flow, whole)];
  complain(frame, callee, `data/cutmix-picture${variant}`, { fields: names.join(', '), whole }, fixes);
  return true;
}

function nameOfStage(layer: Expr): NameExpr | undefined {
  const callee = layer.kind === 'call' ? layer.callee : layer;
  return callee.kind === 'name' ? callee : undefined;
}

function axesOf(field: DataField | undefined): number | undefined {
  return field?.value.kind === 'tensor' ? field.value.type.shape?.length : undefined;
}

function isPicture(axes: number | undefined): boolean {
  return axes === 2 || axes === 3;
}

/** Rows are mixed without their labels. A data set of one field has none. */
function remarkMixedAlone(
  flow: FlowExpr,
  [track, ...others]: readonly Track[],
  fields: ReadonlyMap<string, DataField>,
  frame: Frame,
): void {
  const field = track?.field;
  if (!field || others.length > 0 || fields.size < 2) return;
  for (const stage of flow.stages) {
    if (stage.kind !== 'stage') continue;
    const callee = nameOfStage(stage.layer);
    if (callee?.text !== 'mixup' && callee?.text !== 'cutmix') continue;
    const label = [...fields.keys()].find((name) => name !== field.name) ?? '';
    const values = { callee: callee.text, field: field.name, fields: `${field.name}, ${label}` };
    report(frame, callee, { severity: 'hint', message: { key: 'data/mixed-alone', values } });
  }
}

function trackOf(expr: Expr, fields: ReadonlyMap<string, DataField>, frame: Frame): Track {
  const field = expr.kind === 'name' ? fields.get(expr.text) : undefined;
  const value = evaluate(expr, frame);
  if (field) return { field, value };
  const text = frame.chunk.text.slice(expr.start, expr.end);
  if (value.kind !== 'unknown') complain(frame, expr, 'data/augment-field', { text });
  return { field: undefined, value: unknownValue };
}

/** What comes out must be what the field is stated to be. */
function checkResult({ field, value }: Track, flow: FlowExpr, frame: Frame): void {
  if (!field || value.kind !== 'tensor' || agree(value.type.shape, field.value.type.shape).ok) return;
  const last = flow.stages.at(-1);
  const at = last?.kind === 'stage' ? last.layer : flow;
  report(frame, at, {
    message: {
      key: 'data/augment-shape',
      values: { field: field.name, given: printType(value.type), stated: printType(field.value.type) },
    },
    blame: value.type.shape ?? [],
    related: [
      { at: field.at, message: { key: 'why/field', values: { field: field.name, type: printType(field.value.type) } } },
    ],
  });
}
