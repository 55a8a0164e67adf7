/**
 * Messages as programs raise them: the first of each key, from the pages of problems, half-typed code, the mistakes, and the
 * marked programs of the checker's tests.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileProblem } from '../../../language/check/checked.ts';
import { createAnalyser } from '../../../language/check/index.ts';
import type { Message } from '../../../language/problem.ts';
import { filesOf, PROGRAM, pages } from '../../docs/problem-pages.ts';
import { filesOf as filesOfWorld, readMarks, type World } from '../check/check.ts';
import { world } from '../check/world.ts';
import { type Case, spoil } from '../mistakes/case.ts';
import { nameCases } from '../mistakes/more-names.ts';
import { thoughtCases } from '../mistakes/more-thoughts.ts';
import { habitRows } from '../mistakes/rows-habits.ts';
import { lossRows } from '../mistakes/rows-losses.ts';
import { shapeRows } from '../mistakes/rows-shapes.ts';
import { trainingRows } from '../mistakes/rows-training.ts';
import { world as mistakesWorld } from '../mistakes/world.ts';
import { halfTyped, more } from '../syntax/half-typed.ts';
import { variantFiles, variants } from './variants.ts';

/** By key; what a message tells of another is told by its own key, too. */
export function toldMessages(): ReadonlyMap<string, Message> {
  const told = new Map<string, Message>();
  const add = (message: Message): void => {
    if (!told.has(message.key)) told.set(message.key, message);
    if (message.inner) add(message.inner);
  };
  const addAll = (problems: readonly FileProblem[]): void => {
    for (const { message, related, fixes } of problems) {
      add(message);
      for (const place of related) add(place.message);
      for (const fix of fixes) add(fix.title);
    }
  };
  for (const page of pages) {
    if (page.bad === undefined) continue;
    addAll(createAnalyser(filesOf(page, page.bad)).analyse(PROGRAM, page.bad).problems);
  }
  const addProgram = (text: string, given: World): void =>
    addAll(createAnalyser(filesOfWorld(given)).analyse(PROGRAM, text).problems);
  for (const text of Object.values({ ...halfTyped, ...more })) addProgram(text, {});
  for (const { program, edits } of mistakes) addProgram(spoil(program, edits), mistakesWorld);
  for (const text of markedPrograms()) addProgram(text, world);
  const notes = { files: JSON.stringify(variantFiles) };
  for (const text of variants) addAll(createAnalyser(filesOf({ notes }, text)).analyse(PROGRAM, text).problems);
  return told;
}

const mistakes: readonly Case[] = [
  ...[shapeRows, lossRows, habitRows, trainingRows].flat().flatMap(({ cases }) => cases),
  ...nameCases,
  ...thoughtCases,
];

/** The programs in `check(…)` of the checker's tests, read from their source: those without values set in. */
function markedPrograms(): readonly string[] {
  const folder = join(import.meta.dirname, '..', 'check');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .flatMap((name) => {
      const source = readFileSync(join(folder, name), 'utf8');
      const literals = [...source.matchAll(/\bcheck\(\s*`((?:[^`\\]|\\.)*)`/gu)].map((match) => match[1] ?? '');
      return literals.filter((text) => !/\$\{/u.test(text)).map((text) => readMarks(unescaped(text)).text);
    });
}

const unescaped = (text: string) =>
  text.replace(/\\([\s\S])/gu, (_whole, sign: string) => (sign === 'n' ? '\n' : sign));

/** Stands for a value in a text that no program of the tests raises: its name in corner brackets. */
export function probe(used?: Set<string>): Readonly<Record<string, string>> {
  return new Proxy<Record<string, string>>(
    {},
    {
      get(_target, name) {
        used?.add(String(name));
        return `«${String(name)}»`;
      },
    },
  );
}
