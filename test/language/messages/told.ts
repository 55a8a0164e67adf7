/** Messages as programs raise them: the first of each key, from the pages of problems and from half-typed code. */
import type { FileProblem } from '../../../language/check/checked.ts';
import { createAnalyser } from '../../../language/check/index.ts';
import type { Message } from '../../../language/problem.ts';
import { filesOf, PROGRAM, pages } from '../../docs/problem-pages.ts';
import { filesOf as filesOfWorld } from '../check/check.ts';
import { halfTyped, more } from '../syntax/half-typed.ts';

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
  for (const text of Object.values({ ...halfTyped, ...more })) {
    addAll(createAnalyser(filesOfWorld({})).analyse(PROGRAM, text).problems);
  }
  return told;
}

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
