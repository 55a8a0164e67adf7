/**
 * The page of each problem: every code has one and every page has a code; its first program has the problem and no other,
 * its second none; message and severity stand on the page as they are said. `UPDATE_TEXTS=1` rewrites messages and index.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FileProblem } from '../../language/check/checked.ts';
import { createAnalyser } from '../../language/check/index.ts';
import { messageKeys, render } from '../../language/messages/render.ts';
import type { Severity } from '../../language/problem.ts';
import { problemIndex, readProblemPage } from '../../language/reference/problems.ts';
import { filesOf, folder, type PageOnDisk, PROGRAM, pages } from './problem-pages.ts';

const update = process.env.UPDATE_TEXTS === '1';
const root = join(import.meta.dirname, '..', '..');
const areas = ['syntax', 'name', 'argument', 'shape', 'type', 'loss', 'data', 'train'];

/** Codes of the language: the keys of its texts without variants, and without the titles of fixes. */
const ofLanguage = new Set(
  messageKeys()
    .filter((key) => areas.includes(key.split('/')[0] ?? '') && key.split('/').length === 2)
    .map((key) => key.replace(/\..*$/u, '')),
);

/** Codes that other rooms raise: of a run, of the command line. */
const ofOthers = new Set(
  ['trainer', 'cli', 'server', 'client', 'runs'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const source = readFileSync(join(root, room, name), 'utf8');
        const raised = source.matchAll(
          /(?:Failure\(|code: )\s*'((?:syntax|name|argument|shape|type|loss|data|train)\/[a-z-]+)'/gu,
        );
        return [...raised].map((match) => match[1] ?? '');
      }),
  ),
);

/** Codes of the checker that no short program has, with the reason. */
const unwritten: Readonly<Record<string, string>> = {
  'name/nesting': 'more than a hundred blocks in each other',
  'shape/in-unit': 'tells a problem with a page of its own',
  'shape/too-large': 'a hundred thousand layers',
  'shape/too-deep': 'bodies within bodies beyond counting',
  'train/not-supported-yet': 'what is not carried out yet comes and goes',
  'data/module-missing': 'needs a module that can be read',
  'data/single-column': 'columns of one value each are rare in parts',
  'syntax/too-large': 'five million characters',
  'shape/depends': 'sizes that only data binds',
  'train/memory': 'depends on the machine',
  'train/no-such-run': 'said of a command',
  'train/no-run': 'said of a command',
  'train/unknown-size': 'said where a run is planned',
  'train/unread-data': 'said where a run is planned',
  'train/normalize-late': 'said where a run is planned',
  'train/override': 'said of a command',
  'train/override-value': 'said of a command',
};

test('every code has a page, and every page a code', () => {
  const codes = new Set([...ofLanguage, ...ofOthers]);
  const written = pages.map((page) => page.code);
  expect([...codes].filter((code) => !written.includes(code)).sort()).toEqual([]);
  expect(written.filter((code) => !codes.has(code))).toEqual([]);
  for (const page of pages) expect(page.path.replaceAll('\\', '/')).toContain(`/problems/${page.code}.md`);
});

const kinds: Readonly<Record<Severity, string>> = {
  error: 'An error',
  warning: 'A warning',
  information: 'Information',
  hint: 'A hint',
};

function problemsOf(page: PageOnDisk, program: string): readonly FileProblem[] {
  const analyser = createAnalyser(filesOf(page, program));
  const { problems } = analyser.analyse(PROGRAM, program);
  expect(analyser.crashes).toEqual([]);
  return problems;
}

const shown = (problems: readonly FileProblem[]) => problems.map((one) => `${one.code}: ${render(one.message)}`);
const serious = ({ severity }: FileProblem) => severity === 'error' || severity === 'warning';

test.each(pages.map((page) => [page.code, page] as const))('%s', (code, page) => {
  expect(page.sentence.length).toBeGreaterThan(20);
  if (page.bad === undefined || page.good === undefined) {
    expect(ofLanguage.has(code) && unwritten[code] === undefined ? 'needs a program' : '').toBe('');
    return;
  }
  const problems = problemsOf(page, page.bad);
  const own = problems.find((problem) => problem.code === code);
  expect(own, shown(problems).join('\n')).toBeDefined();
  expect(shown(problems.filter((problem) => problem.code !== code && serious(problem)))).toEqual([]);
  expect(shown(problemsOf(page, page.good).filter((problem) => problem.code === code || serious(problem)))).toEqual([]);
  if (own === undefined) return;
  const message = render(own.message).replaceAll('\n', ' ');
  if (update && page.message !== message) {
    writeFileSync(
      page.path,
      page.text.replace(/^> .*$/mu, () => `> ${message}`),
    );
  } else expect(page.message).toBe(message);
  expect(page.kind).toBe(kinds[own.severity]);
});

test('the index lists them', () => {
  const path = join(folder, 'README.md');
  const index = problemIndex(pages.map((page) => readProblemPage(readFileSync(page.path, 'utf8'))));
  if (update) writeFileSync(path, index);
  expect(readFileSync(path, 'utf8')).toBe(index);
});
