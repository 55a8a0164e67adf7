/** What stands above declarations: Run, the number of parameters, how often a block is used. */
import type { CheckedFile } from '../check/checked.ts';
import { constant, isUnknown, printDim } from '../shapes/dim.ts';
import type { PlacedChunk, RunDecl } from '../syntax/tree.ts';
import { usesOf } from './definition.ts';
import type { Trees } from './locate.ts';
import { grouped } from './print.ts';

export type Lens = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'run'; readonly run: 'train' | 'evaluate'; readonly declaration: string }
  | { readonly kind: 'parameters'; readonly text: string }
  | { readonly kind: 'uses'; readonly text: string; readonly places: ReturnType<typeof usesOf> }
);

/** Name of a run: what stands after `as`, else the model's. */
export function runName(run: RunDecl): string {
  return run.as?.text ?? run.model.map((name) => name.text).join('.');
}

export function lenses(file: CheckedFile, files: readonly CheckedFile[], trees: Trees): readonly Lens[] {
  return file.syntax.chunks.flatMap((placed, index) => ofChunk(placed, index, file, { files, trees }));
}

function ofChunk(
  { chunk, offset }: PlacedChunk,
  index: number,
  file: CheckedFile,
  known: { readonly files: readonly CheckedFile[]; readonly trees: Trees },
): readonly Lens[] {
  const { declaration } = chunk;
  if (declaration === undefined) return [];
  const span = { start: offset + declaration.keyword.start, end: offset + declaration.keyword.end };
  const text = parameterText(file, index);
  const parameters: readonly Lens[] = text === undefined ? [] : [{ ...span, kind: 'parameters', text }];
  switch (declaration.kind) {
    case 'run':
      if (declaration.run === 'tune') return [];
      return [{ ...span, kind: 'run', run: declaration.run, declaration: runName(declaration) }];
    case 'unit': {
      if (declaration.unit === 'model' || declaration.name.text === '') return parameters;
      const at = { chunk, start: declaration.name.start, end: declaration.name.end };
      const all = usesOf(at, known.files, known.trees);
      const places = all.filter((p) => p.start !== offset + at.start || p.file !== file.file);
      return [
        ...parameters,
        { ...span, kind: 'uses', text: places.length === 1 ? '1 use' : `${places.length} uses`, places },
      ];
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

/** `693,962 parameters`, or the formula where a size is not known yet. */
export function parameterText(file: CheckedFile, index: number): string | undefined {
  const unit = file.declarations[index]?.facts.unit;
  if (unit === undefined || isUnknown(unit.parameters)) return undefined;
  const count = constant(unit.parameters);
  const all = count === undefined ? printDim(unit.parameters) : grouped(count);
  const trainable = constant(unit.trainable);
  const note =
    count !== undefined && trainable !== undefined && trainable !== count ? ` (${grouped(trainable)} trainable)` : '';
  return `${all} ${count === 1 ? 'parameter' : 'parameters'}${note}`;
}
