/** What is wrong with a run's folder, in words of the editor's language. */
import * as vscode from 'vscode';
import { RUN_VERSION } from '../../protocol/index.ts';
import type { Damage } from '../../runs/index.ts';

export function damageWords(damage: Damage): string {
  switch (damage.kind) {
    case 'missing':
      return vscode.l10n.t('its `run.json` is missing. What is shown was put together from its events.');
    case 'gone':
      return vscode.l10n.t('its folder is not there any more: it was deleted or moved.');
    case 'torn':
      return vscode.l10n.t(
        'its `run.json` is damaged ({0} bytes, no whole JSON). What is shown was put together from its events.',
        damage.bytes,
      );
    case 'newer':
      return vscode.l10n.t(
        'it was written by another Modelwright ({0}; run folders of version {1}, this one reads version {2}). Update the extension to read it.',
        damage.modelwright === '' ? '?' : damage.modelwright,
        damage.version,
        RUN_VERSION,
      );
    case 'strange':
      return vscode.l10n.t('its `run.json` does not hold the record of a run.');
    case 'denied':
      return vscode.l10n.t('its `run.json` may not be read ({0}). Check its permissions.', damage.code);
    default:
      return assertNever(damage);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown damage: ${JSON.stringify(value)}`);
}
