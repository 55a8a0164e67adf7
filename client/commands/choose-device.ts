/** "Model: Choose Engine and Device…": the settings from a list that says of each what was found, and why not. */
import * as vscode from 'vscode';
import type { DoctorEngine, EngineOptions } from '../../protocol/index.ts';
import type { Services } from '../services.ts';
import { readSettings } from '../settings.ts';

interface Choice extends vscode.QuickPickItem {
  readonly wish?: Wish;
}
type Wish = Pick<EngineOptions, 'engine' | 'device'>;

export async function chooseDevice(services: Services, look: () => Promise<void>): Promise<void> {
  if (services.devices.report === undefined) await look();
  const engines = services.devices.report?.engines ?? [];
  const now = readSettings().options;
  const picked = await vscode.window.showQuickPick(picksOf(engines, now), {
    title: vscode.l10n.t('Engine and device that train'),
    matchOnDescription: true,
  });
  if (picked?.wish === undefined) return;
  const settings = vscode.workspace.getConfiguration('modelwright');
  await settings.update('engine', picked.wish.engine, vscode.ConfigurationTarget.Global);
  await settings.update('device', picked.wish.device, vscode.ConfigurationTarget.Global);
}

function picksOf(engines: readonly DoctorEngine[], now: EngineOptions): Choice[] {
  const mark = (wish: Wish): string => (wish.engine === now.engine && wish.device === now.device ? '$(check) ' : '');
  const automatic: Wish = { engine: 'auto', device: 'auto' };
  return [
    {
      label: `${mark(automatic)}${vscode.l10n.t('Automatic')}`,
      description: vscode.l10n.t('the fastest for each program, found by measuring it once'),
      wish: automatic,
    },
    ...engines.map((engine): Choice => {
      const wish: Wish = { engine: engine.id, device: engine.device };
      if (engine.usable) return { label: `${mark(wish)}${engine.title}`, description: vscode.l10n.t('usable'), wish };
      return { label: `$(circle-slash) ${engine.title}`, description: engine.reason, detail: engine.cure };
    }),
  ];
}
