/**
 * What passes between the host (the extension, which owns the data of a run) and the panel (a webview, which owns its view
 * only). Every message carries a version; each end checks what it gets and drops what it doesn't know.
 *
 * panel → host `ready`; host → panel `snapshot`; then `append`, at most ten a second, each only after the `ack` of the one
 * before and none while the panel is hidden. Arrays travel as `ArrayBuffer`: Float64 for step and time, Float32 for the rest.
 */
import { type ColumnBlock, isColumnBlock } from './column-block.ts';
import { isEventNumber, isRunEvent } from './event-line.ts';
import type { RunEvent, RunStateName } from './events.ts';
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
import { type PanelTopic, type PanelTopics, topicBody } from './panel-topics.ts';
import type { RunProgress } from './run-progress.ts';
import type { View, ViewRequest } from './run-view.ts';
import { isView, isViewRequest } from './run-view-guard.ts';

export const PANEL_VERSION = 1;

/** Milliseconds between two appends. */
export const APPEND_INTERVAL = 100;

/** Rows up to which the panel gets a copy of the columns; above, it asks for views (`range`). */
export const COPIED_ROWS = 1_000_000;

/** What is to be known of a run beyond its events. */
export interface PanelHead {
  /** Path of the run folder: what the panel keeps to be restored. */
  readonly folder: string;
  /** `0014-quiet-heron`. */
  readonly id: string;
  readonly number: number;
  readonly title: string;
  /** The program's file name. */
  readonly file: string;
  /** The host's judgement: `interrupted` where the trainer is gone. */
  readonly state: RunStateName;
  /** Commands reach the trainer. */
  readonly attached: boolean;
  /** A stop was asked for and has not happened yet. */
  readonly stopping: boolean;
  readonly keepGoing: boolean;
  /** A checkpoint is there to go on from, and nothing runs. */
  readonly resumable: boolean;
  /** Milliseconds since 1970 of the command that started it, for the preparing line. */
  readonly created: number;
  /** What is wrong with the run's folder, in words. */
  readonly damage?: string;
}

export interface SnapshotMessage {
  readonly version: typeof PANEL_VERSION;
  readonly kind: 'snapshot';
  /** To be acknowledged. */
  readonly id: number;
  readonly head: PanelHead;
  /** All events but steps. */
  readonly events: readonly RunEvent[];
  readonly columns: ColumnBlock;
  readonly progress: RunProgress;
  /** Columns are too long to copy (`columns` holds none): views come by `range`. */
  readonly remote: boolean;
}

export interface AppendMessage {
  readonly version: typeof PANEL_VERSION;
  readonly kind: 'append';
  readonly id: number;
  readonly head: PanelHead;
  readonly events: readonly RunEvent[];
  readonly columns: ColumnBlock;
  readonly progress: RunProgress;
}

export type ToPanel =
  | SnapshotMessage
  | AppendMessage
  | { readonly version: typeof PANEL_VERSION; readonly kind: 'state'; readonly head: PanelHead }
  | {
      readonly version: typeof PANEL_VERSION;
      readonly kind: 'range';
      readonly request: number;
      readonly view: View;
    }
  /** The run can't be shown: why, and what to do. */
  | { readonly version: typeof PANEL_VERSION; readonly kind: 'gone'; readonly message: string }
  /** Answer to an `ask`, or in words why there is none. */
  | Answer
  | {
      readonly version: typeof PANEL_VERSION;
      readonly kind: 'refused';
      readonly request: number;
      readonly message: string;
    }
  /** Something of a topic that was not asked for. */
  | Tell
  /** The tab that a command asked for; one that the panel has not is passed over. */
  | { readonly version: typeof PANEL_VERSION; readonly kind: 'tab'; readonly tab: string }
  /** Translated texts by their English ones. */
  | {
      readonly version: typeof PANEL_VERSION;
      readonly kind: 'texts';
      readonly locale: string;
      readonly texts: Readonly<Record<string, string>>;
    };

type Answer = {
  readonly [T in PanelTopic]: {
    readonly version: typeof PANEL_VERSION;
    readonly kind: 'answer';
    readonly request: number;
    readonly topic: T;
    readonly body: PanelTopics[T]['answer'];
  };
}[PanelTopic];

type Tell = {
  readonly [T in PanelTopic]: {
    readonly version: typeof PANEL_VERSION;
    readonly kind: 'tell';
    readonly topic: T;
    readonly body: PanelTopics[T]['tell'];
  };
}[PanelTopic];

/** A question of a tab. */
export type Ask = {
  readonly [T in PanelTopic]: {
    readonly version: typeof PANEL_VERSION;
    readonly kind: 'ask';
    readonly request: number;
    readonly topic: T;
    readonly body: PanelTopics[T]['ask'];
  };
}[PanelTopic];

/** What the panel may ask the host to do. */
export const PANEL_COMMANDS = [
  'pause',
  'resume',
  'stop',
  'snapshot',
  'rate',
  'keepGoing',
  'continue',
  'showLog',
  'showText',
  'showProgram',
  'showFolder',
  'showPlace',
  'fix',
  'fixAndResume',
  'evaluate',
  'copyMarkdown',
] as const;
export type PanelCommand = (typeof PANEL_COMMANDS)[number];

export type FromPanel =
  | Ask
  | { readonly version: typeof PANEL_VERSION; readonly kind: 'ready' }
  | { readonly version: typeof PANEL_VERSION; readonly kind: 'ack'; readonly upTo: number }
  | {
      readonly version: typeof PANEL_VERSION;
      readonly kind: 'command';
      readonly id: PanelCommand;
      /** `keepGoing`: 1 or 0; `showPlace`, `fix`, `fixAndResume`: the problem's sequence number. */
      readonly argument: number | undefined;
    }
  | {
      readonly version: typeof PANEL_VERSION;
      readonly kind: 'range';
      readonly request: number;
      readonly view: ViewRequest;
    }
  | {
      readonly version: typeof PANEL_VERSION;
      readonly kind: 'failed';
      readonly where: string;
      readonly message: string;
    };

/** The message, or undefined for anything else. */
export function readToPanel(value: unknown): ToPanel | undefined {
  return isToPanel(value) ? value : undefined;
}

/** The message, or undefined for anything else. */
export function readFromPanel(value: unknown): FromPanel | undefined {
  return isFromPanel(value) ? value : undefined;
}

const isHead = shaped({
  folder: isText,
  id: isText,
  number: isCount,
  title: isText,
  file: isText,
  state: isOneOf('preparing', 'running', 'paused', 'finished', 'stopped', 'failed', 'interrupted'),
  attached: isFlag,
  stopping: isFlag,
  keepGoing: isFlag,
  resumable: isFlag,
  created: isNumber,
  damage: optional(isText),
});

const isUpdate = shaped({
  id: isCount,
  head: isHead,
  events: listOf(isRunEvent),
  columns: isColumnBlock,
  progress: shaped({
    step: isCount,
    epoch: isCount,
    rows: isCount,
    elapsed: isNumber,
    stepMs: optional(isNumber),
    left: optional(isNumber),
    spent: shaped({ data: isNumber, compute: isNumber, validation: isNumber, checkpoint: isNumber }),
    latest: recordOf(isEventNumber),
  }),
});

const TO_PANEL: Readonly<Record<ToPanel['kind'], Check>> = {
  snapshot: (value) => isUpdate(value) && shaped({ columns: shaped({ from: isOneOf(0) }), remote: isFlag })(value),
  append: isUpdate,
  state: shaped({ head: isHead }),
  range: shaped({ request: isCount, view: isView }),
  answer: (value) => shaped({ request: isCount })(value) && topicBody('answer')(value),
  refused: shaped({ request: isCount, message: isText }),
  tell: topicBody('tell'),
  tab: shaped({ tab: isText }),
  gone: shaped({ message: isText }),
  texts: shaped({ locale: isText, texts: recordOf(isText) }),
};

const FROM_PANEL: Readonly<Record<FromPanel['kind'], Check>> = {
  ask: (value) => shaped({ request: isCount })(value) && topicBody('ask')(value),
  ready: isRecord,
  ack: shaped({ upTo: isCount }),
  command: shaped({ id: isOneOf(...PANEL_COMMANDS), argument: optional(isNumber) }),
  range: shaped({ request: isCount, view: isViewRequest }),
  failed: shaped({ where: isText, message: isText }),
};

function isToPanel(value: unknown): value is ToPanel {
  return passes(value, TO_PANEL);
}

function isFromPanel(value: unknown): value is FromPanel {
  return passes(value, FROM_PANEL);
}

function passes(value: unknown, checks: Readonly<Record<string, Check>>): boolean {
  if (!isRecord(value) || value.version !== PANEL_VERSION || typeof value.kind !== 'string') return false;
  return Object.hasOwn(checks, value.kind) && checks[value.kind]?.(value) === true;
}
