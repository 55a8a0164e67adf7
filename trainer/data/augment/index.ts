/**
 * Augmentation at work: what `augment:` says is done to the finished fields of training rows, by chance that depends on the
 * seed, the epoch and the row alone.
 */
import type { PlanAugmentation, Settings } from '../../../language/index.ts';
import type { HostTensor } from '../../engine.ts';
import { Failure } from '../../failure.ts';
import { Chance } from '../chance.ts';
import { allUnpacked, type FieldRows, unpacked } from '../packed.ts';
import { Pool } from '../pool.ts';
import { Canvas, frameOf, type Track } from './canvas.ts';
import { brightness, contrast, hue, noise, saturation } from './colours.ts';
import { cutmix, mixField, mixup, type Partner } from './mix.ts';
import { type Change, crop, flip, pad, rotate, shear, shift, zoom } from './moves.ts';
import { erase, maskBands, maskTime } from './patches.ts';
import { numberAt } from './settings.ts';
import { blur, elastic } from './smooth.ts';
import { pitch, stretch } from './sounds.ts';

type Fields = Readonly<Record<string, HostTensor>>;

/** The rows of a batch. */
export interface Drawn {
  /** Of the table. */
  readonly rows: Uint32Array;
  /** From 1. */
  readonly epoch: number;
  /** How often each was drawn in the epoch before; left out: never. */
  readonly copies?: Uint16Array | undefined;
}

/** Fields of a batch as training sees them. Those that come in stay as they are. */
export type Augment = (fields: Readonly<Record<string, FieldRows>>, drawn: Drawn) => Fields;

const CHANGES: Readonly<Record<string, (settings: Settings) => Change>> = {
  flip,
  crop,
  pad,
  rotate,
  zoom,
  shift,
  shear,
  brightness,
  contrast,
  saturation,
  hue,
  noise,
  blur,
  erase,
  elastic,
  maskTime,
  maskBands,
  stretch,
  pitch,
};

/** Steps of which each field draws numbers of its own: one noise for two fields would be no noise. */
const BY_FIELD: ReadonlySet<string> = new Set(['noise']);

interface Step {
  /** Among all steps of all flows. */
  readonly number: number;
  readonly byField: boolean;
  readonly change: Change;
}

/** Steps that go row by row, or one that mixes rows. */
type Stage =
  | { readonly kind: 'rows'; readonly steps: readonly Step[] }
  | { readonly kind: 'mix'; readonly number: number; readonly name: 'mixup' | 'cutmix'; readonly alpha: number };

/** What a plan's `augment` does; undefined where it has none. */
export function createAugment(
  flows: readonly PlanAugmentation[] | undefined,
  seed: number,
  pool = new Pool(),
): Augment | undefined {
  if (flows === undefined || flows.length === 0) return undefined;
  const chance = new Chance(seed, 'augment');
  let number = 0;
  const made = flows.map((flow) => {
    const stages = stagesOf(flow, number);
    number += flow.steps.length;
    return { flow, stages };
  });
  return (fields, drawn) => {
    const result: Record<string, FieldRows> = { ...fields };
    for (const { flow, stages } of made) {
      for (const stage of stages) {
        if (stage.kind === 'mix') mixRows(stage, flow, result, drawn, chance, pool);
        else changeRows(stage.steps, flow, result, drawn, chance, pool);
      }
    }
    return allUnpacked(result, pool);
  };
}

function stagesOf(flow: PlanAugmentation, first: number): readonly Stage[] {
  const stages: Stage[] = [];
  let steps: Step[] = [];
  for (const [index, { call, settings, place }] of flow.steps.entries()) {
    const name = call.slice(call.indexOf('/') + 1);
    const number = first + index;
    if (name === 'mixup' || name === 'cutmix') {
      if (steps.length > 0) stages.push({ kind: 'rows', steps });
      steps = [];
      stages.push({ kind: 'mix', number, name, alpha: numberAt(settings, 'alpha') });
      continue;
    }
    const make = CHANGES[name];
    if (make === undefined) {
      const text = `The trainer has no augmentation \`${name}\`. The plan comes from another version of Modelwright.`;
      throw new Failure('data/unknown-transform', text, place);
    }
    steps.push({ number, byField: BY_FIELD.has(name), change: make(settings) });
  }
  if (steps.length > 0) stages.push({ kind: 'rows', steps });
  return stages;
}

function changeRows(
  steps: readonly Step[],
  flow: PlanAugmentation,
  fields: Record<string, FieldRows>,
  { rows, epoch, copies }: Drawn,
  chance: Chance,
  pool: Pool,
): void {
  for (const [lane, name] of flow.fields.entries()) {
    const field = fields[name];
    if (field === undefined) continue;
    const [count = 0, ...shape] = field.shape;
    const canvas = new Canvas(trackOf(field, shape, flow.ranges?.[name]));
    const size = shape.reduce((product, length) => product * length, 1);
    let result: HostTensor | undefined;
    for (let i = 0; i < count; i++) {
      if (field.dtype === 'packed') canvas.begin(field.rows[i] ?? NOTHING, 0, shape, field.table);
      else canvas.begin(field.data, i * size, shape);
      for (const { number, byField, change } of steps) {
        chance.begin({ epoch, row: rows[i] ?? 0, copy: copies?.[i] ?? 0, step: number }, byField ? lane : 0);
        change(canvas, chance);
      }
      result ??= emptyOf(canvas.track.kind, [count, ...resized(shape, canvas)], pool);
      canvas.finish(result.data, (result.data.length / count) * i);
    }
    if (result) fields[name] = result;
  }
}

function mixRows(
  stage: Extract<Stage, { kind: 'mix' }>,
  flow: PlanAugmentation,
  fields: Record<string, FieldRows>,
  { rows, epoch, copies }: Drawn,
  chance: Chance,
  pool: Pool,
): void {
  const shapes = flow.fields.flatMap((name) => (fields[name] ? [fields[name].shape.slice(1)] : []));
  const picture = shapes.find((shape) => shape.length === 2 || shape.length === 3) ?? shapes[0] ?? [];
  const [height, width] = frameOf(picture);
  const partners = Array.from(rows, (row, i): Partner => {
    chance.begin({ epoch, row, copy: copies?.[i] ?? 0, step: stage.number });
    return stage.name === 'mixup'
      ? mixup(stage.alpha, i, rows.length, chance)
      : cutmix(stage.alpha, i, rows.length, chance, [height, width]);
  });
  for (const name of flow.fields) {
    const field = fields[name];
    if (field) fields[name] = mixField(unpacked(field, pool), partners);
  }
}

function trackOf({ dtype }: FieldRows, shape: readonly number[], range: readonly [number, number] | undefined): Track {
  return { kind: dtype === 'packed' ? 'float32' : dtype, shape, range: dtype === 'uint8' ? [0, 255] : range };
}

/** Pictures may have been cropped or padded; all else has its own size. */
function resized(shape: readonly number[], { height, width }: Canvas): readonly number[] {
  return shape.length === 2 || shape.length === 3 ? [height, width, ...shape.slice(2)] : shape;
}

const NOTHING = new Uint8Array(0);

function emptyOf(dtype: HostTensor['dtype'], shape: readonly number[], pool: Pool): HostTensor {
  const length = shape.reduce((product, size) => product * size, 1);
  const data =
    dtype === 'float32' ? pool.floats(length) : dtype === 'int32' ? new Int32Array(length) : new Uint8Array(length);
  return { dtype, shape, data };
}
