/** What runs are compared by, read from their folders: record and notes, the settings of the plan, the rows of the data. */
import { join } from 'node:path';
import { isCount, isRecord, parseJson, type RunBrief, type RunFacts, settingsOf } from '../protocol/index.ts';
import { readPlain } from './plain-file.ts';
import { rateSettings } from './rate-changes.ts';
import type { RunSummary } from './store.ts';

/** Plans larger than this are not read for a list: they hold tables, and what differs in them is in their hash. */
const MOST_BYTES = 32 * 1024 * 1024;

/** What is known of a run from its record and notes. */
export function briefOf({ folder, record, state, notes }: RunSummary): RunBrief {
  const { id, number, title, file, created, ended, parameters, steps, step, best, metrics, planHash, dataHash } =
    record;
  return {
    folder,
    id,
    number,
    title,
    file,
    state,
    created,
    ended,
    parameters,
    steps,
    step,
    best,
    metrics,
    planHash,
    dataHash,
    starred: notes.starred,
    tags: notes.tags,
    name: notes.name,
  };
}

/** The facts of a run. A plan that is missing or damaged leaves the settings empty. */
export function factsOf(summary: RunSummary): RunFacts {
  const { folder, record } = summary;
  const plan = readJson(join(folder, 'plan.json'));
  return {
    ...briefOf(summary),
    settings: [...settingsOf(plan), ...rateSettings(folder)],
    engine: `${record.engine} ${record.device}, ${record.threads} ${record.threads === 1 ? 'thread' : 'threads'}`,
    seconds: record.ended === undefined ? undefined : Math.max(0, record.ended - record.created) / 1000,
    rows: rowsOf(readJson(join(folder, 'data.json'))),
    directions: directionsOf(plan),
    reason: record.reason,
  };
}

/** Which way each metric of a run is better, by its bare name; for lists that are sorted, where its other facts would be too much to read. */
export function directionsIn({ folder }: RunSummary): RunFacts['directions'] {
  return directionsOf(readJson(join(folder, 'plan.json')));
}

function rowsOf(report: unknown): RunFacts['rows'] {
  if (!isRecord(report) || !isRecord(report.rows)) return undefined;
  const { train, validation, test } = report.rows;
  const rows = { train: Number(train), validation: Number(validation), test: Number(test) };
  return [train, validation, test].every(isCount) ? rows : undefined;
}

function directionsOf(plan: unknown): Record<string, 'min' | 'max'> {
  const directions: Record<string, 'min' | 'max'> = { loss: 'min' };
  if (!isRecord(plan) || !Array.isArray(plan.metrics)) return directions;
  for (const metric of plan.metrics) {
    if (!isRecord(metric) || typeof metric.name !== 'string' || metric.name === '__proto__') continue;
    directions[metric.name] = metric.direction === 'max' ? 'max' : 'min';
  }
  return directions;
}

/** Plans may hold tables. */
const MOST_OF_PLAN = 256 * 1024 * 1024;

/** The whole plan of a run, whatever it holds; undefined where it is missing or damaged. */
export function readPlan(folder: string): Readonly<Record<string, unknown>> | undefined {
  const plan = parseJson(readPlain(join(folder, 'plan.json'), MOST_OF_PLAN) ?? '');
  return isRecord(plan) ? plan : undefined;
}

/** A JSON file of a run; undefined where it is missing, torn or far too large. */
export function readJson(path: string): unknown {
  const text = readPlain(path, MOST_BYTES);
  return text === undefined ? undefined : parseJson(text);
}
