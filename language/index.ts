/** The façade of the language: what other rooms may use of it. */

export type { Builder, Value, ValueType } from './catalog/builder.ts';
export type * from './files.ts';
export { render } from './messages/render.ts';
export type * from './plan/plan.ts';
export type * from './problem.ts';
