/** Messages of the host, made from events as the host makes them. */
import {
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
