/** Export sections come with a later version: names and keys are checked. */
import type { ExportDecl } from '../syntax/tree.ts';
import type { Frame } from './frame.ts';
import { modelOf } from './run-scope.ts';
import { sectionEntries } from './section.ts';

export function checkExport(declaration: ExportDecl, frame: Frame): void {
  sectionEntries('export', declaration.body, frame);
  const [name] = declaration.model;
  if (name) modelOf({ model: [name] }, frame);
}
