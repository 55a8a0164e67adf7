/** Topic `runs`: other runs than the panel's own, for the ghost behind the charts and for comparing. */
import { isEventNumber, isRunEvent } from './event-line.ts';
import type { EventNumber, RunEvent, RunStateName } from './events.ts';
import {
  type Check,
  isCount,
  isFlag,
  isNumber,
  isOneOf,
  isRecord,
  isText,
  listOf,
  optional,
  recordOf,
  shaped,
} from './guard.ts';
import type { RunRecord } from './run-folder.ts';
import type { View } from './run-view.ts';
import { isView } from './run-view-guard.ts';

/** What is known of a run without reading its steps. */
export interface RunBrief {
  readonly folder: string;
  readonly id: string;
  readonly number: number;
  readonly title: string;
  /** The program's path. */
  readonly file: string;
  readonly state: RunStateName;
  readonly created: number;
  readonly ended: number | undefined;
  readonly parameters: number;
  readonly steps: number;
  readonly step: number;
  readonly best: RunRecord['best'];
  readonly metrics: Readonly<Record<string, EventNumber>>;
  /** Equal hashes: the same program, the same data. */
  readonly planHash: string;
  readonly dataHash: string;
  readonly starred: boolean;
  readonly tags: readonly string[];
  /** A name given by a person; '' for none. */
  readonly name: string;
}

export type RunsAsk =
  /** All runs of the workspace. */
  | { readonly kind: 'list' }
  /** A run's events (all but steps) and its columns, in so many buckets of two points where there are more rows. */
  | { readonly kind: 'read'; readonly folder: string; readonly buckets: number };

export type RunsAnswer =
  | { readonly kind: 'list'; readonly runs: readonly RunBrief[] }
  | {
      readonly kind: 'read';
      readonly run: RunBrief;
      readonly events: readonly RunEvent[];
      /** Of the columns in `view.raw`. */
      readonly names: readonly string[];
      readonly view: View;
    };

export const isBrief = shaped({
  folder: isText,
  id: isText,
  number: isCount,
  title: isText,
  file: isText,
  state: isOneOf('preparing', 'running', 'paused', 'finished', 'stopped', 'failed', 'interrupted'),
  created: isNumber,
  ended: optional(isNumber),
  parameters: isCount,
  steps: isCount,
  step: isCount,
  best: optional(shaped({ epoch: isCount, step: isCount, metric: isText, value: isEventNumber })),
  metrics: recordOf(isEventNumber),
  planHash: isText,
  dataHash: isText,
  starred: isFlag,
  tags: listOf(isText),
  name: isText,
});

const ASKS: Readonly<Record<RunsAsk['kind'], Check>> = {
  list: isRecord,
  read: shaped({ folder: isText, buckets: isCount }),
};

const ANSWERS: Readonly<Record<RunsAnswer['kind'], Check>> = {
  list: shaped({ runs: listOf(isBrief) }),
  read: shaped({ run: isBrief, events: listOf(isRunEvent), names: listOf(isText), view: isView }),
};

export const isRunsAsk: Check = (value) => byKind(ASKS, value);
export const isRunsAnswer: Check = (value) => byKind(ANSWERS, value);

function byKind(checks: Readonly<Record<string, Check>>, value: unknown): boolean {
  if (!isRecord(value) || typeof value.kind !== 'string') return false;
  return Object.hasOwn(checks, value.kind) && checks[value.kind]?.(value) === true;
}
