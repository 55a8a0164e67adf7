/** What is said of a training run that has no error: settings that can never act, numbers that are far too large. */
import type { Entry, Expr, RunDecl } from '../../syntax/tree.ts';
import type { Frame } from '../frame.ts';
import type { CheckedRun } from '../run.ts';
import { adviseBatchOfOne } from './batch-of-one.ts';
import { adviseClasses } from './classes.ts';
import { adviseDroppedAnswer } from './dropped-answer.ts';
import { adviseFewRows } from './few-rows.ts';
import { adviseLeak } from './leak.ts';
import { adviseLearningRate } from './learning-rate.ts';
import { adviseLength } from './length.ts';
import { adviseLookingAhead } from './looking-ahead.ts';
import { adviseLoss } from './lossless.ts';
import { adviseDevices, adviseEpsilon } from './machine.ts';
import { adviseRegressionAccuracy } from './regression-accuracy.ts';
import { adviseSeenAnswer } from './sees-answer.ts';
import { reportUnscaled } from './unscaled.ts';

export interface Run {
  readonly declaration: RunDecl;
  readonly checked: CheckedRun;
  readonly frame: Frame;
  /** The value of a key, where it stands in this section. */
  readonly value: (key: string) => Expr | undefined;
}

const rules = [
  reportUnscaled,
  adviseLoss,
  adviseLeak,
  adviseLookingAhead,
  adviseSeenAnswer,
  adviseDroppedAnswer,
  adviseRegressionAccuracy,
  adviseLearningRate,
  adviseEpsilon,
  adviseDevices,
  adviseLength,
  adviseBatchOfOne,
  adviseClasses,
  adviseFewRows,
];

/** Only for a section without errors: in half-typed code much is odd for a moment. */
export function adviseRun(declaration: RunDecl, checked: CheckedRun, frame: Frame): void {
  const { chunk } = checked.parts.target;
  if (declaration.run !== 'train' || !declaration.close) return;
  if (frame.chunk.problems.length > 0 || chunk.problems.length > 0) return;
  const value = (key: string) =>
    declaration.body.find((item): item is Entry => item.kind === 'entry' && item.key.text === key)?.value;
  for (const rule of rules) rule({ declaration, checked, frame, value });
}
