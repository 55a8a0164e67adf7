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
export { type Analyser, createAnalyser } from './check/analyse.ts';
export type * from './check/checked.ts';
export { type FileStart, parseHeader } from './data/header.ts';
export type * from './files.ts';
export { type Lens, lenses, runName } from './ide/code-lens.ts';
export {
  type Completion,
  completion,
  type Item as CompletionEntry,
  type ItemKind as CompletionKind,
} from './ide/completion.ts';
export { definition, references, rename, renameable } from './ide/definition.ts';
export { type Diagnostic, diagnostics } from './ide/diagnostics.ts';
export { fixAll, quickFixes } from './ide/fixes.ts';
export { folds } from './ide/folding.ts';
export { formatting, formattingIn } from './ide/formatting.ts';
export { hover, type Known } from './ide/hover.ts';
export { inlayHints } from './ide/inlay.ts';
export { links } from './ide/links.ts';
export { selections } from './ide/selection.ts';
export { semanticTokens, tokenModifiers, tokenTypes } from './ide/semantic-tokens.ts';
export { signatureHelp } from './ide/signature-help.ts';
export { type Outline, outline, type SymbolKind as OutlineKind } from './ide/symbols.ts';
export { render } from './messages/render.ts';
export type { Locale } from './messages/table.ts';
export { makePlan, type PlacedProblem, type PlanAnswer, type PlanRequest } from './plan/make-plan.ts';
export type * from './plan/plan.ts';
export { PLAN_VERSION } from './plan/plan.ts';
export {
  type Count,
  type Summary,
  type SummaryLayer,
  type SummaryRequest,
  type SummaryValue,
  summarise,
} from './plan/summarise.ts';
export type * from './problem.ts';
export type { Expected } from './syntax/expected.ts';
export { format } from './syntax/format.ts';
export { nearest } from './syntax/nearest.ts';
export { expectedAt, parseChunk, parseFile } from './syntax/parse.ts';
export type * from './syntax/tree.ts';
