/** What is said of one call whose rule accepted it: windows that leave pixels out, numbers that are far too large. */
import type { CheckedSettings, Refusal, RuleInputs } from '../../catalog/entry.ts';
import type { Place } from '../../problem.ts';
import type { TensorType } from '../../shapes/type.ts';
import type { Frame } from '../frame.ts';
import type { AppliedEntry, Site } from '../layer.ts';
import { adviseActivationTwice } from './activation-twice.ts';
import { noteBatchNorm } from './batch-of-one.ts';
import { adviseChannelsFirst } from './channels-first.ts';
import { noteLooking } from './looking-ahead.ts';
import { noteReading } from './sees-answer.ts';
import { noteUnscaled } from './unscaled.ts';
import { adviseWindow } from './window.ts';

export interface Call {
  readonly entry: AppliedEntry;
  readonly site: Site;
  readonly inputs: RuleInputs;
  readonly settings: CheckedSettings;
  readonly results: readonly TensorType[];
  readonly spanOf: (part: Refusal['at']) => Place;
}

const rules = [
  adviseWindow,
  adviseChannelsFirst,
  adviseActivationTwice,
  noteUnscaled,
  noteBatchNorm,
  noteLooking,
  noteReading,
];

export function adviseCall(call: Call, frame: Frame): void {
  if (call.entry.kind !== 'operation' || call.entry.place !== 'model') return;
  for (const rule of rules) rule(call, frame);
}
