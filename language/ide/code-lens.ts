/** What stands above declarations: Run, Look at Data, the number of parameters, how often a block is used, what a tune takes over. */
import type { CheckedFile, FilePlace } from '../check/checked.ts';
import type { Locale } from '../messages/table.ts';
import { constant, isUnknown, printDim } from '../shapes/dim.ts';
import type { Chunk, PlacedChunk, RunDecl, Span } from '../syntax/tree.ts';
import { grouped } from './print.ts';
import { type Tell, tellIn } from './tell.ts';

export type Lens = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'run'; readonly run: 'train' | 'evaluate'; readonly text: string; readonly declaration: string }
  | { readonly kind: 'data'; readonly text: string; readonly declaration: string }
  | { readonly kind: 'parameters'; readonly text: string; readonly unit: string }
  | { readonly kind: 'graph'; readonly text: string; readonly unit: string }
  /** What the model costs: counted for the lens that is seen. */
  | { readonly kind: 'cost'; readonly unit: string }
  | { readonly kind: 'uses'; readonly text: string; readonly places: readonly FilePlace[] }
);

/** Name of a run: what stands after `as`, else the model's. */
export function runName(run: RunDecl): string {
  return run.as?.text ?? run.model.map((name) => name.text).join('.');
}

interface Around {
  readonly uses: ReadonlyMap<Chunk, readonly FilePlace[]>;
  readonly locale: Locale;
}

export function lenses(file: CheckedFile, files: readonly CheckedFile[], locale: Locale = 'en'): readonly Lens[] {
  const uses = declarationUses(files);
  return file.syntax.chunks.flatMap((placed, index) => ofChunk(placed, index, file, { uses, locale }));
}

/** Where each declaration is named outside itself: looked up once for all lenses. */
function declarationUses(files: readonly CheckedFile[]): ReadonlyMap<Chunk, readonly FilePlace[]> {
  const uses = new Map<Chunk, FilePlace[]>();
  for (const file of files) {
    for (const [index, { chunk, facts }] of file.declarations.entries()) {
      const offset = file.syntax.chunks[index]?.offset ?? 0;
      for (const [node, target] of facts.targets) {
        if (target.kind !== 'declaration' || target.at.chunk === chunk || node.end === node.start) continue;
        const places = uses.get(target.at.chunk) ?? [];
        places.push({ file: file.file, start: offset + node.start, end: offset + node.end });
        uses.set(target.at.chunk, places);
      }
    }
  }
  return uses;
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
        const graph: readonly Lens[] = unit === '' ? [] : [{ ...span, kind: 'graph', text: tell('graph'), unit }];
        const shown = [...onlyTrain(unit, span, file, tell), ...graph, ...parameters];
        return countable(file, index) ? [...shown, { ...span, kind: 'cost', unit }] : shown;
      }
      if (declaration.name.text === '') return parameters;
      const places = around.uses.get(chunk) ?? [];
      return [...parameters, { ...span, kind: 'uses', text: tell('uses', { count: places.length }), places }];
    }
    case 'variant':
      return parameters;
    case 'data':
      return unit === '' ? [] : [{ ...span, kind: 'data', text: tell('look-at-data'), declaration: unit }];
    case 'import':
    case 'extern':
    case 'export':
      return [];
  }
}

/** Over a model that one `train` trains: that, since a reader of the model may not see so far down. */
function onlyTrain(unit: string, span: Span, file: CheckedFile, tell: Tell): readonly Lens[] {
  const trains = file.syntax.chunks.flatMap(({ chunk: { declaration: d } }) =>
    d?.kind === 'run' && d.run === 'train' && d.model.map((name) => name.text).join('.') === unit ? [d] : [],
  );
  const [train] = trains;
  if (unit === '' || train === undefined || trains.length > 1) return [];
  return [{ ...span, kind: 'run', run: 'train', text: tell('run.train'), declaration: runName(train) }];
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
