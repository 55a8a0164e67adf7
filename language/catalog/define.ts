/** The kinds of entries with what is always the same filled in. */
import type {
  CombinatorEntry,
  InitialiserEntry,
  MetricEntry,
  OperationEntry,
  OptimizerEntry,
  ScheduleEntry,
  SourceEntry,
  TransformEntry,
} from './entry.ts';
import { regularisationSettings } from './regularisation.ts';

type Named<E> = Omit<E, 'kind' | 'place' | 'name'>;

/** A layer or a function of a model. One with weights that it trains can keep them small. */
export function model(
  name: string,
  entry: Named<OperationEntry>,
  { trains = entry.weights !== undefined } = {},
): OperationEntry {
  const settings = trains ? { ...entry.settings, ...regularisationSettings } : entry.settings;
  return { kind: 'operation', place: 'model', name, ...entry, settings };
}

/** An operator: `a + b` is written, not called. */
export function operator(name: string, entry: Named<OperationEntry>): OperationEntry {
  return { kind: 'operation', place: 'operator', name, ...entry };
}

/** A loss: one number per example. */
export function loss(name: string, entry: Named<OperationEntry>): OperationEntry {
  return { kind: 'operation', place: 'loss', name, ...entry };
}

export function combinator(name: string, entry: Named<CombinatorEntry>): CombinatorEntry {
  return { kind: 'combinator', place: 'model', name, ...entry };
}

export function metric(name: string, entry: Named<MetricEntry>): MetricEntry {
  return { kind: 'metric', place: 'metric', name, ...entry };
}

export function optimizer(name: string, entry: Named<OptimizerEntry>): OptimizerEntry {
  return { kind: 'optimizer', place: 'optimizer', name, ...entry };
}

export function schedule(name: string, entry: Named<ScheduleEntry>): ScheduleEntry {
  return { kind: 'schedule', place: 'schedule', name, ...entry };
}

export function initialiser(name: string, entry: Named<InitialiserEntry>): InitialiserEntry {
  return { kind: 'initialiser', place: 'initialiser', name, ...entry };
}

export function source(name: string, entry: Named<SourceEntry>): SourceEntry {
  return { kind: 'source', place: 'source', name, ...entry };
}

export function transform(name: string, entry: Named<TransformEntry>): TransformEntry {
  return { kind: 'transform', place: 'data', name, ...entry };
}

/** A step of `augment:`: random by nature, and only for training rows. */
export function augmentation(
  name: string,
  entry: Omit<Named<TransformEntry>, 'fitted' | 'checkedOnly'>,
): TransformEntry {
  return { kind: 'transform', place: 'augment', name, fitted: false, ...entry };
}
