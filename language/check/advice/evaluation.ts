/** Measuring on the rows that were learned: with neither test nor validation rows there are no others. */
import type { Fix } from '../../problem.ts';
import type { Chunk, RunDecl } from '../../syntax/tree.ts';
import type { Frame } from '../frame.ts';
import { report } from '../report.ts';
import type { CheckedRun } from '../run.ts';
import type { DataParts } from '../run-scope.ts';

export function checkEvaluatedRows(declaration: RunDecl, checked: CheckedRun, frame: Frame): void {
  const { data } = checked.parts;
  const { on } = declaration;
  const parts = data.declaration.body.some(
    (item) => item.kind === 'entry' && (item.key.text === 'validation' || item.key.text === 'test'),
  );
  if (!on || parts) return;
  const train = trainedOn(declaration, frame);
  if (!train) return;
  const values = { data: on.name.text, model: declaration.model.map(({ text }) => text).join('.') };
  const at = train.declaration.on?.name ?? train.declaration.keyword;
  report(frame, on.name, {
    message: { key: 'train/same-rows', values },
    related: [
      { at: { chunk: train.chunk, start: at.start, end: at.end }, message: { key: 'why/trained-here', values } },
    ],
    fixes: testFix(data, frame),
  });
}

/** The `train` of this file with the same model and the same data, arguments included. */
function trainedOn(
  declaration: RunDecl,
  frame: Frame,
): { readonly chunk: Chunk; readonly declaration: RunDecl } | undefined {
  const { program } = frame.session;
  for (const name of program.names(frame.chunk.file, 'run')) {
    const found = program.find(frame.chunk.file, name, 'run');
    if (found?.declaration.kind !== 'run' || found.declaration.run !== 'train') continue;
    const same = headOf(found.declaration, found.chunk) === headOf(declaration, frame.chunk);
    if (same) return { chunk: found.chunk, declaration: found.declaration };
  }
  return undefined;
}

/** Model and data with their arguments, as they are written. */
function headOf({ model, args, on }: RunDecl, { text }: Chunk): string {
  const written = (items: RunDecl['args']) => items.map((arg) => text.slice(arg.start, arg.end)).join(',');
  return `${model.map((name) => name.text).join('.')}(${written(args)}) ${on?.name.text}(${written(on?.args ?? [])})`;
}

function testFix({ chunk, declaration }: DataParts, frame: Frame): readonly Fix[] {
  if (!declaration.close || chunk.file !== frame.chunk.file) return [];
  const { start } = declaration.close;
  const title = { key: 'fix/keep-test', values: { data: declaration.name.text } };
  const edit = { at: { chunk, start, end: start }, newText: '  test: 20%\n' };
  return [{ id: 'train/same-rows/test', title, preferred: true, edits: [edit] }];
}
