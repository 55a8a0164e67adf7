/** Answers what a panel wants to know of other runs: their list, and one of them with its curves. */
import { type RunsAnswer, type RunsAsk, viewOf } from '../../protocol/index.ts';
import { briefOf, readRun } from '../../runs/index.ts';
import type { AskContext } from './answers.ts';

/** The list of the workspace's runs, or the curves of one. */
export async function answerRuns(ask: RunsAsk, { services }: AskContext): Promise<RunsAnswer> {
  if (ask.kind === 'list') return { kind: 'list', runs: services.runs.list().map(briefOf) };
  // A page may ask about runs of the workspace, and about nothing else on the disk.
  const listed = services.runs.list().some(({ folder }) => folder === ask.folder);
  const run = listed ? services.runs.open(ask.folder) : undefined;
  const summary = listed ? readRun(ask.folder) : undefined;
  if (run === undefined || summary === undefined) {
    throw new Error(`There is no run in ${ask.folder} any more: it was deleted, moved or damaged. Choose another one.`);
  }
  const names = [...run.run.columns.values.keys()];
  const to = Number.MAX_SAFE_INTEGER;
  const request = { raw: names, smooth: [], weight: 0, axis: 'step', from: 0, to, buckets: ask.buckets } as const;
  return {
    kind: 'read',
    run: briefOf(summary),
    events: run.events,
    names,
    view: viewOf(run.views, request, run.run.marks),
  };
}
