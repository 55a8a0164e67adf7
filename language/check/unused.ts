/** What is written but never read: a warning where it is most likely a mistake. */
import type { UnitDecl } from '../syntax/tree.ts';
import type { Frame } from './frame.ts';
import { report } from './report.ts';

/** Only in a unit without errors: in half-typed code much is unused for a moment. */
export function reportUnused(unit: UnitDecl, frame: Frame): void {
  if (frame.chunk.problems.length > 0 || !unit.close || hasErrors(frame)) return;
  for (const local of frame.scope.names.values()) {
    if (local.used || local.name.startsWith('_') || local.at.chunk !== frame.chunk) continue;
    switch (local.what) {
      case 'binding':
      case 'layer':
      case 'input': {
        const message = { key: `name/unused.${local.what}`, values: { name: local.name } };
        report(frame, local.at, { severity: 'warning', message });
        break;
      }
      case 'parameter':
        report(frame, local.at, {
          severity: 'hint',
          message: { key: 'name/unused.parameter', values: { name: local.name } },
        });
        break;
      case 'output':
      case 'size':
      case 'round':
      case 'field':
        break;
    }
  }
}

function hasErrors(frame: Frame): boolean {
  return frame.sink.problems.some((problem) => problem.severity === 'error');
}
