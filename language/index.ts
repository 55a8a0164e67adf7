/** The façade of the language: what other rooms may use of it. */

export type { Builder, Value, ValueType } from './catalog/builder.ts';
export type {
  Draw,
  Entry as CatalogEntry,
  InitialiserEntry,
  LoweredInputs,
  MetricEntry,
  OperationEntry,
  OptimizerEntry,
  ScheduleEntry,
} from './catalog/entry.ts';
export { type Catalog, catalog } from './catalog/index.ts';
export { plannedRanges } from './catalog/rules/items.ts';
export type * from './files.ts';
export { render } from './messages/render.ts';
export type { Locale } from './messages/table.ts';
export type * from './plan/plan.ts';
export type * from './problem.ts';
export type { Expected } from './syntax/expected.ts';
export { format } from './syntax/format.ts';
export { nearest } from './syntax/nearest.ts';
export { expectedAt, parseChunk, parseFile } from './syntax/parse.ts';
export type * from './syntax/tree.ts';
