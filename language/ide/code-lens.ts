/** What stands above declarations: Run, the number of parameters, how often a block is used, what a tune takes over. */
import type { CheckedFile } from '../check/checked.ts';
import type { Locale } from '../messages/table.ts';
import { constant, isUnknown, printDim } from '../shapes/dim.ts';
import type { PlacedChunk, RunDecl, Span } from '../syntax/tree.ts';
import { usesOf } from './definition.ts';
import type { Trees } from './locate.ts';
import { grouped } from './print.ts';
import { type Tell, tellIn } from './tell.ts';

export type Lens = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'run'; readonly run: 'train' | 'evaluate'; readonly text: string; readonly declaration: string }
  | { readonly kind: 'parameters'; readonly text: string; readonly unit: string }
  /** What the model costs: counted for the lens that is seen. */
  | { readonly kind: 'cost'; readonly unit: string }
  | { readonly kind: 'uses'; readonly text: string; readonly places: ReturnType<typeof usesOf> }
);

/** Name of a run: what stands after `as`, else the model's. */
export function runName(run: RunDecl): string {
  return run.as?.text ?? run.model.map((name) => name.text).join('.');
}

/** What features that look beyond one file are given. */
export interface Around {
  readonly files: readonly CheckedFile[];
  readonly trees: Trees;
  readonly locale: Locale;
}

export function lenses(
  file: CheckedFile,
  files: readonly CheckedFile[],
  trees: Trees,
  locale: Locale = 'en',
): readonly Lens[] {
  return file.syntax.chunks.flatMap((placed, index) => ofChunk(placed, index, file, { files, trees, locale }));
}

function ofChunk({ chunk, offset }: PlacedChunk, index: number, file: CheckedFile, around: Around): readonly Lens[] {
  const { declaration } = chunk;
  if (declaration === undefined) return [];
  const span = { start: offset + declaration.keyword.start, end: offset + declaration.keyword.end };
  const tell = tellIn(around.locale);
  const text = parameterText(file, index, around.locale);
  const unit = 'name' in declaration ? declaration.name.text : '';
  const parameters: readonly Lens[] = text === undefined ? [] : [{ ...span, kind: 'parameters', text, unit }];
  switch (declaration.kind) {
    case 'run':
      if (declaration.run === 'tune') return mergedLens(declaration, span, file, tell);
      return [
        {
          ...span,
          kind: 'run',
          run: declaration.run,
          text: tell(`run.${declaration.run}`),
          declaration: runName(declaration),
        },
      ];
    case 'unit': {
      if (declaration.unit === 'model') {
        return countable(file, index) ? [...parameters, { ...span, kind: 'cost', unit }] : parameters;
      }
      if (declaration.name.text === '') return parameters;
      const at = { chunk, start: declaration.name.start, end: declaration.name.end };
      const all = usesOf(at, around.files, around.trees);
      const places = all.filter((p) => p.start !== offset + at.start || p.file !== file.file);
      return [...parameters, { ...span, kind: 'uses', text: tell('uses', { count: places.length }), places }];
    }
    case 'variant':
      return parameters;
    case 'import':
    case 'extern':
    case 'data':
    case 'export':
      return [];
  }
}

/** What a tune takes from the first `train` of its model, and where that stands. */
function mergedLens(tune: RunDecl, span: Span, file: CheckedFile, tell: Tell): readonly Lens[] {
  const model = tune.model[0]?.text;
  for (const { chunk, offset } of file.syntax.chunks) {
    const d = chunk.declaration;
    if (d?.kind !== 'run' || d.run !== 'train' || d.model[0]?.text !== model) continue;
    const own = keysOf(tune);
    const left = (key: string) =>
      own.has(key) || (key === 'epochs' && own.has('steps')) || (key === 'steps' && own.has('epochs'));
    const taken = [...keysOf(d)].filter((key) => !left(key));
    if (taken.length === 0) return [];
    const text = tell('merged', { keys: taken.join(', '), train: runName(d) });
    const place = { file: file.file, start: offset + d.keyword.start, end: offset + d.keyword.end };
    return [{ ...span, kind: 'uses', text, places: [place] }];
  }
  return [];
}

function keysOf(run: RunDecl): ReadonlySet<string> {
  return new Set(run.body.flatMap((line) => (line.kind === 'entry' ? [line.key.text] : [])));
}

/** Whether a model's sizes are all known, and nothing in the file is wrong. */
function countable(file: CheckedFile, index: number): boolean {
  const unit = file.declarations[index]?.facts.unit;
  if (unit === undefined || constant(unit.parameters) === undefined) return false;
  return file.problems.every((problem) => problem.severity !== 'error');
}

/** `693,962 parameters`, or the formula where a size is not known yet. */
export function parameterText(file: CheckedFile, index: number, locale: Locale): string | undefined {
  const unit = file.declarations[index]?.facts.unit;
  if (unit === undefined || isUnknown(unit.parameters)) return undefined;
  const count = constant(unit.parameters);
  const all = count === undefined ? printDim(unit.parameters) : grouped(count);
  const trainable = constant(unit.trainable);
  const some = count !== undefined && trainable !== undefined && trainable !== count ? grouped(trainable) : '';
  return tellIn(locale)('parameters', { count: all, trainable: some });
}
