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
export { companions, lengthsOfWeight } from './catalog/normalised.ts';
export { isRegularised, type Regularisation, regularisationOf } from './catalog/regularisation.ts';
export { plannedRanges } from './catalog/rules/items.ts';
export { distinctKeys, scoreKeys } from './catalog/rules/retrieval.ts';
export { type Analyser, createAnalyser } from './check/analyse.ts';
export type * from './check/checked.ts';
export { EMPTY_CELLS } from './data/csv.ts';
export { DOWNLOADED, type Download, downloadOf, nameOfDownload, titleOfDownload } from './data/download.ts';
export {
  type FileHead,
  fitting as fittingFiles,
  folderHeader,
  type Listing as FileListing,
  looked as lookedFiles,
  partsOfName,
} from './data/folder.ts';
export { type FileStart, headerSteps, parseHeader } from './data/header.ts';
export { type Media, parseMedia } from './data/media.ts';
export { FROM_FILE } from './data/network-graph.ts';
export { type NpyHead, npyHead } from './data/npy.ts';
export type * from './files.ts';
export { type HierarchyItem, hierarchyItem, incomingCalls, itemAt, outgoingCalls } from './ide/call-hierarchy.ts';
export { type Lens, lenses, runName } from './ide/code-lens.ts';
export {
  type Completion,
  completion,
  type Item as CompletionEntry,
  type ItemKind as CompletionKind,
} from './ide/completion.ts';
export { type FolderEntry, pathAt, pathCompletion } from './ide/completion-paths.ts';
export { definition, references, rename, renameable } from './ide/definition.ts';
export { type Diagnostic, diagnostics, shownProblem } from './ide/diagnostics.ts';
export { evaluatedRunIn, expectationsIn } from './ide/expectations.ts';
export { type FixTitles, fixAll, fixableTogether, quickFixes, titlesIn } from './ide/fixes.ts';
export { folds } from './ide/folding.ts';
export { formatting, formattingIn, formattingTyped } from './ide/formatting.ts';
export { hover, type Known } from './ide/hover.ts';
export { importFixes, movedImports, organiseImports } from './ide/imports.ts';
export { hintTooltip, inlayHints } from './ide/inlay.ts';
export { links } from './ide/links.ts';
export { wordAt } from './ide/locate.ts';
export { bytes, grouped } from './ide/print.ts';
export {
  type GraphEdge,
  type GraphGroup,
  type GraphKind,
  type GraphNode,
  type GraphValue,
  graphOfPlan,
  type ProgramGraph,
  programGraph,
  withCosts,
} from './ide/program-graph.ts';
export { refactorings } from './ide/refactor/index.ts';
export { selections } from './ide/selection.ts';
export { semanticTokens, tokenModifiers, tokenTypes } from './ide/semantic-tokens.ts';
export { shapeSummary } from './ide/shape-summary.ts';
export { signatureHelp } from './ide/signature-help.ts';
export { type Outline, outline, type SymbolKind as OutlineKind } from './ide/symbols.ts';
export { type Tell, tellIn } from './ide/tell.ts';
export { typeDefinition } from './ide/type-definition.ts';
export { printKeras } from './keras/print.ts';
export { render } from './messages/render.ts';
export { type Locale, localeOf } from './messages/table.ts';
export {
  type Cost,
  ENGINE_BYTES,
  type Fit,
  fitOf,
  largestBatch,
  type StoredTensor,
  tensorFileBytes,
  WORKING_FACTOR,
} from './plan/cost.ts';
export { costPlan, planOfGraph, STANDARD_BATCH } from './plan/cost-plan.ts';
export { type DataPlanAnswer, type DataPlanRequest, makeDataPlan } from './plan/make-data-plan.ts';
export { makePlan, type PlacedProblem, type PlanAnswer, type PlanRequest, unfetched } from './plan/make-plan.ts';
export { memoryMessage, memoryProblem } from './plan/memory.ts';
export type * from './plan/plan.ts';
export { PLAN_VERSION, ROW_WEIGHT } from './plan/plan.ts';
export {
  type Count,
  type Summary,
  type SummaryLayer,
  type SummaryRequest,
  type SummaryTraining,
  type SummaryValue,
  summarise,
} from './plan/summarise.ts';
export type * from './problem.ts';
export { type FoundEntry, type Lookup, lookUp } from './reference/look-up.ts';
export type { Expected } from './syntax/expected.ts';
export { format } from './syntax/format.ts';
export { nearest } from './syntax/nearest.ts';
export { expectedAt, parseChunk, parseFile } from './syntax/parse.ts';
export type * from './syntax/tree.ts';
export { exampleData, type MadeData, type MadeFile } from './templates/example-data.ts';
export { FAMILIES, type Family, familyMessages, isFamily } from './templates/family.ts';
export { type NewProgram, type NewProgramRequest, newProgram } from './templates/new-program.ts';
