/**
 * "Model: Choose Engine and Device…": a list that says of each what was found, how fast it is, and why it cannot be used. The
 * choice is remembered for the workspace, else for the user.
 */
import * as vscode from 'vscode';
import type { DoctorEngine, DoctorReport, EngineOptions } from '../../protocol/index.ts';
import type { Services } from '../services.ts';
import { readSettings } from '../settings.ts';
import { doctor, lookAtEngines } from './doctor.ts';

interface Choice extends vscode.QuickPickItem {
  readonly wish?: Wish;
  readonly check?: true;
}
type Wish = Pick<EngineOptions, 'engine' | 'device'>;

export async function chooseDevice(services: Services): Promise<void> {
  const report = services.devices.report ?? (await lookAtEngines(services));
  if (report === undefined) return;
  const picked = await vscode.window.showQuickPick(picksOf(report, readSettings().options), {
    title: vscode.l10n.t('Engine and device that train'),
    matchOnDescription: true,
  });
  if (picked?.check === true) return doctor(services);
  if (picked?.wish === undefined) return;
  await useDevice(picked.wish);
}

/** Remembers a choice: for the workspace, where one is open. */
export async function useDevice({ engine, device }: Wish): Promise<void> {
  const settings = vscode.workspace.getConfiguration('modelwright');
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const target = (vscode.workspace.workspaceFolders ?? []).length > 0 ? Workspace : Global;
  await settings.update('engine', engine === 'auto' ? undefined : engine, target);
  await settings.update('device', device === 'auto' ? undefined : device, target);
}

/** The rows of the list. */
export function picksOf(report: DoctorReport, now: EngineOptions): Choice[] {
  const mark = (wish: Wish): string => (wish.engine === now.engine && wish.device === now.device ? '$(check) ' : '');
  const automatic: Wish = { engine: 'auto', device: 'auto' };
  const speeds = report.engines.flatMap(({ usable, ms }) => (usable && ms !== undefined ? [ms] : []));
  const fastest = Math.min(...speeds);
  return [
    {
      label: `${mark(automatic)}${vscode.l10n.t('Automatic')}`,
      description: vscode.l10n.t('the fastest for each program, found by measuring it once'),
      wish: automatic,
    },
    ...report.engines.map((engine): Choice => {
      const wish: Wish = { engine: engine.id, device: engine.device };
      if (!engine.usable) {
        return { label: `$(circle-slash) ${engine.title}`, description: engine.reason, detail: engine.cure };
      }
      const icon = engine.device === 'gpu' ? '$(chip)' : '$(vm)';
      return {
        label: `${mark(wish)}${icon} ${engine.title}`,
        description: [hardwareText(engine, report), speedText(engine, fastest, speeds.length)]
          .filter((part) => part !== '')
          .join(' · '),
        wish,
      };
    }),
    { label: `$(pulse) ${vscode.l10n.t('Check the setup…')}`, check: true },
  ];
}

function hardwareText({ device, devices }: DoctorEngine, { cores, memory }: DoctorReport): string {
  if (device === 'gpu') return (devices ?? []).filter((each) => !/cpu/i.test(each)).join(', ');
  return vscode.l10n.t('{0} cores, {1} GiB', cores, (memory / 2 ** 30).toFixed(0));
}

function speedText({ ms }: DoctorEngine, fastest: number, measured: number): string {
  if (ms === undefined) return vscode.l10n.t('usable');
  const step = vscode.l10n.t('{0} ms a step of a small network', ms.toPrecision(2));
  if (measured < 2) return step;
  const times = ms / fastest;
  const told =
    times < 1.15
      ? vscode.l10n.t('the fastest')
      : vscode.l10n.t('about {0}× slower', times < 10 ? times.toFixed(1) : times.toFixed(0));
  return `${step}, ${told}`;
}
