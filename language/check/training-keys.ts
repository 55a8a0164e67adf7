/** Keys of a train section that name other things: the block to start from, layers that stay as they are, averages, devices. */
import { asDim } from '../catalog/checked.ts';
import type { SettingDef } from '../catalog/entry.ts';
import { integer, word } from '../catalog/settings.ts';
import type { TrainSettings } from '../plan/plan.ts';
import { constant } from '../shapes/dim.ts';
import type { Entry, Expr, RunDecl } from '../syntax/tree.ts';
import type { Owner } from './bind-settings.ts';
import { type Frame, findLocal } from './frame.ts';
import { frozenPaths } from './freeze.ts';
import { complain } from './report.ts';
import { suggest } from './resolve.ts';
import { ema } from './run-rules.ts';
import type { RunParts } from './run-scope.ts';
import { settingValue } from './setting.ts';
import { rule } from './watching.ts';

type Found = { readonly entry: Entry; readonly frame: Frame } | undefined;

/** What `TrainSettings` leaves out where it has its default. */
export type MoreSettings = Pick<TrainSettings, 'accumulate' | 'freeze' | 'start' | 'average' | 'precision' | 'devices'>;

const section: Owner = { name: 'train', settings: {}, entry: undefined };
const accumulate = integer('Batches in one update.', { min: 1 });
const devices = integer('How many devices train together.', { min: 1 });
const precision = word('How exactly numbers are held.', ['float32', 'mixed']);

/** The keys besides loss, optimizer and length; a default is left out. */
export function moreSettings(at: (key: string) => Found, declaration: RunDecl, parts: RunParts): MoreSettings {
  const batches = whole(at('accumulate'), 'accumulate', accumulate);
  const start = startOf(at('start'), declaration);
  const freeze = frozenPaths(at('freeze'), parts);
  const average = averageOf(at('average'));
  const held = read(at('precision'), 'precision', precision);
  const count = devicesOf(at('devices'));
  return {
    ...(batches !== undefined && batches > 1 ? { accumulate: batches } : {}),
    ...(start === undefined ? {} : { start }),
    ...(freeze.length > 0 ? { freeze } : {}),
    ...(average === undefined ? {} : { average }),
    ...(held === 'mixed' ? { precision: 'mixed' as const } : {}),
    ...(count === undefined || count === 1 ? {} : { devices: count }),
  };
}

function read(found: Found, name: string, def: SettingDef) {
  if (!found || found.entry.value.kind === 'missing') return undefined;
  const { entry, frame } = found;
  const arg = { name: entry.key, value: entry.value, start: entry.start, end: entry.end };
  return settingValue({ owner: section, name, def }, { arg, frame });
}

/** A whole number of a section; undefined: reported, or left open. */
export function whole(found: Found, name: string, def: SettingDef): number | undefined {
  const value = read(found, name, def);
  if (typeof value === 'number') return value;
  const dim = asDim(value);
  return dim && constant(dim);
}

function devicesOf(found: Found): number | 'all' | undefined {
  const { value } = found?.entry ?? {};
  if (found && value && isWord(value, 'all', found.frame)) return 'all';
  return whole(found, 'devices', devices);
}

function averageOf(found: Found): number | undefined {
  const { value } = found?.entry ?? {};
  if (!found || !value || isWord(value, 'none', found.frame)) return undefined;
  const bound = rule(value, [ema], found.frame);
  const decay = bound?.settings.decay;
  return bound?.ok && typeof decay === 'number' ? decay : undefined;
}

/** A bare word of a key, told to editors as one. */
export function isWord(expr: Expr, word: string, frame: Frame): boolean {
  if (expr.kind !== 'name' || expr.text !== word || findLocal(frame.scope, word)) return false;
  frame.facts?.targets.set(expr, { kind: 'word', entry: undefined, setting: '', word });
  return true;
}

// ---- start

/** `start: NAME`: another train block of this file, of the same model. */
function startOf(found: Found, declaration: RunDecl): string | undefined {
  if (!found) return undefined;
  const { frame, entry } = found;
  if (isWord(entry.value, 'none', frame)) return undefined;
  const run = namedRun(entry.value, 'start', frame);
  if (!run) return undefined;
  if (run === declaration || startsFrom(run, declaration, frame)) {
    complain(frame, entry.value, run === declaration ? 'train/start-cycle.self' : 'train/start-cycle', {
      name: textOf(entry.value),
    });
    return undefined;
  }
  const [from, to] = [run, declaration].map((one) => one.model[0]?.text ?? '');
  if (from !== to) {
    complain(frame, entry.value, 'train/start-model', { name: textOf(entry.value), from: from ?? '', to: to ?? '' });
    return undefined;
  }
  return textOf(entry.value);
}

/** Whether a block starts, over others, from `goal`. */
function startsFrom(run: RunDecl, goal: RunDecl, frame: Frame): boolean {
  const seen = new Set<RunDecl>();
  for (let at: RunDecl | undefined = run; at && !seen.has(at); ) {
    if (at === goal) return true;
    seen.add(at);
    const start: Entry | undefined = at.body.find(
      (item): item is Entry => item.kind === 'entry' && item.key.text === 'start',
    );
    at = start && runDeclaration(textOf(start.value), frame)?.declaration;
  }
  return false;
}

function runDeclaration(name: string, frame: Frame) {
  const found = frame.session.program.find(frame.chunk.file, name, 'run');
  return found?.declaration.kind === 'run' ? { chunk: found.chunk, declaration: found.declaration } : undefined;
}

function textOf(expr: Expr): string {
  return expr.kind === 'name' ? expr.text : '';
}

/** The train block that `run:` or `start:` names; reported where it is none. */
export function namedRun(expr: Expr, key: 'run' | 'start', frame: Frame): RunDecl | undefined {
  if (expr.kind !== 'name' || expr.text === '') {
    if (expr.kind !== 'missing' && expr.kind !== 'name') complain(frame, expr, 'train/run-form', { key });
    return undefined;
  }
  const found = runDeclaration(expr.text, frame);
  if (!found) {
    const names = frame.session.program.names(frame.chunk.file, 'run');
    suggest(frame, expr, expr.text, 'name/unknown-run', names);
    return undefined;
  }
  const name = found.declaration.as ?? found.declaration.model[0];
  if (name) {
    const at = { chunk: found.chunk, start: name.start, end: name.end };
    frame.facts?.targets.set(expr, { kind: 'declaration', name: expr.text, at });
  }
  return found.declaration;
}
