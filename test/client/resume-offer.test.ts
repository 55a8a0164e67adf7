/** Which run is offered to be taken up when a workspace is opened again. */
import { expect, test, vi } from 'vitest';
import { type RunRecord, UNWATCHED } from '../../protocol/index.ts';
import type { RunSummary } from '../../runs/index.ts';

vi.mock('vscode', () => ({}));
const { toOffer } = await import('../../client/run/resume-offer.ts');

const run = (state: RunSummary['state'], reason?: string): RunSummary => ({
  folder: '/w/runs/0003-a-b',
  state,
  record: { id: '0003-a-b', number: 3, step: 40, reason } as RunRecord,
  notes: { version: 1, name: '', starred: false, tags: [], notes: '' },
});

test('a run that stopped when nobody watched, or was found dead', () => {
  expect(toOffer([run('stopped', UNWATCHED)], [])).toBeDefined();
  expect(toOffer([run('interrupted')], [])).toBeDefined();
  expect(toOffer([run('stopped')], [])).toBeUndefined();
  expect(toOffer([run('finished'), run('interrupted')], [])).toBeUndefined();
  expect(toOffer([], [])).toBeUndefined();
});

test('once for each end', () => {
  expect(toOffer([run('interrupted')], ['0003-a-b 40'])).toBeUndefined();
  expect(toOffer([run('interrupted')], ['0003-a-b 20'])).toBeDefined();
});
