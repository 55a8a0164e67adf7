/** Messages of the host, made from events as the host makes them. */
import {
  type AppendMessage,
  blockOf,
  createRunState,
  createViews,
  PANEL_VERSION,
  type PanelHead,
  progressOf,
  type RunEvent,
  reduce,
  type SnapshotMessage,
} from '../../protocol/index.ts';
import { T0 } from './events.ts';

export function headOf(change: Partial<PanelHead> = {}): PanelHead {
  return {
    folder: '/home/ada/vision/.modelwright/runs/0014-quiet-heron',
    id: '0014-quiet-heron',
    number: 14,
    title: 'mnist Digits',
    file: 'mnist.model',
    state: 'running',
    attached: true,
    stopping: false,
    keepGoing: false,
    resumable: false,
    created: T0,
    ...change,
  };
}

export function snapshotOf(events: readonly RunEvent[], head: Partial<PanelHead> = {}): SnapshotMessage {
  const run = events.reduce(reduce, createRunState());
  return {
    version: PANEL_VERSION,
    kind: 'snapshot',
    id: 1,
    head: headOf({ state: run.state, ...head }),
    events: events.filter((event) => event.kind !== 'step'),
    columns: blockOf(run.columns, 0, run.columns.length),
    progress: progressOf(run, createViews(run.columns)),
    remote: false,
  };
}

/** What came after the first `rows` rows. */
export function appendOf(events: readonly RunEvent[], rows: number, id: number): AppendMessage {
  const whole = snapshotOf(events);
  const run = events.reduce(reduce, createRunState());
  return {
    version: PANEL_VERSION,
    kind: 'append',
    id,
    head: whole.head,
    events: whole.events,
    columns: blockOf(run.columns, rows, run.columns.length),
    progress: whole.progress,
  };
}
