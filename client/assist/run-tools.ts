/** What assistants are told of the workspace's runs. */
import { resolve } from 'node:path';
import type { AssistResult } from '../../protocol/index.ts';
import { meantRun, runLine, runStory } from '../../runs/index.ts';
import type { Services } from '../services.ts';
import { type ToolInput, workspaceFolder } from './tools.ts';

/** Runs in a list, unless it is said. */
const USUAL = 10;

/** `modelwright_runs`. */
export function listRuns({ runs }: Services, { file, limit }: ToolInput): AssistResult {
  const path = typeof file === 'string' ? resolve(workspaceFolder(), file) : undefined;
  const all = runs.list().filter((run) => path === undefined || run.record.file === path);
  const count = typeof limit === 'number' ? Math.max(1, Math.floor(limit)) : USUAL;
  return { ok: true, value: { total: all.length, runs: all.slice(0, count).map(runLine) } };
}

/** `modelwright_run`. */
export function readRun({ runs }: Services, { run: word }: ToolInput): AssistResult {
  const found = meantRun(runs.list(), String(word));
  if (found !== undefined) return { ok: true, value: runStory(found) };
  return { ok: false, message: `There is no run \`${String(word)}\`. modelwright_runs lists them.` };
}
