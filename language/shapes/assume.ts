/**
 * Sizes that must be equal for a program to be right. Where that depends on the sizes of one use they are taken to be equal,
 * and whoever checks may listen to what was taken for granted.
 */
import { compare, type Dim } from './dim.ts';

export type Listener = (a: Dim, b: Dim) => void;

let listening: Listener | undefined;

/** Whether two sizes that must be equal are provably not. */
export function differ(a: Dim, b: Dim): boolean {
  const found = compare(a, b);
  if (found === 'depends' && a.size && b.size) listening?.(a, b);
  return found === 'different';
}

/** Runs `work` and tells `listen` each pair of sizes that it takes to be equal. */
export function assuming<T>(listen: Listener | undefined, work: () => T): T {
  const before = listening;
  listening = listen;
  try {
    return work();
  } finally {
    listening = before;
  }
}
