/** Numbers from 0 to 255 (or beyond) that reach a layer with weights as they are: it hardly learns from them. */
import { numbersIn } from '../../catalog/rules/facts.ts';
import type { Fix } from '../../problem.ts';
import type { TensorType } from '../../shapes/type.ts';
import type { Field } from '../../syntax/tree.ts';
import { type Frame, place, type Unscaled } from '../frame.ts';
import { report } from '../report.ts';
import type { DataParts } from '../run-scope.ts';
import type { Call } from './call.ts';
import type { Run } from './run.ts';

/** Layers that multiply what they get; norms and lookups bring it to size themselves. */
const WEIGHING =
  /^(?:Dense|(?:Depthwise|Separable)?Conv[123]D(?:Transpose)?|ConvLSTM2D|LSTM|GRU|SimpleRNN|Bilinear|Highway|Attention)$/u;

/** From this size on, numbers are told; pixels are 255, years 2000. */
const LARGE = 200;

export function noteUnscaled({ entry, site, inputs }: Call, frame: Frame): void {
  const x = inputs.x as TensorType | undefined;
  const field = x?.facts.field;
  if (!x || field === undefined || !WEIGHING.test(entry.name) || x.facts.normalised) return;
  const range = numbersIn(x.facts) ?? (x.dtype === 'uint8' ? ([0, 255] as const) : undefined);
  if (!range || Math.max(-range[0], range[1]) < LARGE) return;
  const { unscaled } = frame.session;
  if (unscaled.some((one) => one.field === field)) return;
  unscaled.push({ field, site, layer: entry.name, range });
}

/** Told at the data's name in the run, once for each field. */
export function reportUnscaled({ declaration, checked, frame }: Run): void {
  const { on } = declaration;
  const { data } = checked.parts;
  if (!on) return;
  for (const one of frame.session.unscaled) {
    const [low, high] = one.range;
    const stage = low >= 0 && high === 255 ? 'scale(0..255, 0..1)' : 'Normalize';
    const at = data.result.fields.get(one.field)?.at;
    const values = { field: one.field, layer: one.layer, low, high, stage };
    report(frame, on.name, {
      severity: 'warning',
      message: { key: 'data/unscaled', values },
      related: [
        { at: place(one.site.frame, one.site.callee), message: { key: 'why/unscaled-here', values } },
        ...(at ? [{ at, message: { key: 'why/field-here', values: { field: one.field } } }] : []),
      ],
      fixes: fixesOf(one, stage, data),
    });
  }
}

function fixesOf(one: Unscaled, stage: string, { chunk, declaration }: DataParts): readonly Fix[] {
  const field = declaration.body.find((item): item is Field => item.kind === 'field' && item.name.text === one.field);
  const end = field?.value?.end;
  if (!field || end === undefined || field.type.dtype?.name !== 'float32') return [];
  return [
    {
      id: 'data/unscaled/scale',
      title: { key: 'fix/insert-after', values: { stage } },
      preferred: true,
      edits: [{ at: { chunk, start: end, end }, newText: ` -> ${stage}` }],
    },
  ];
}
