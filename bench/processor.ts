/** Processor time of other processes, as Linux counts it. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second. */
const TICK = 10;

/** Milliseconds that the process has worked so far, all its threads together. */
export function workOf(pid: number): number {
  const fields = fieldsOf(pid);
  return fields === undefined ? Number.NaN : fields.work;
}

/** The same of the process and of all that it started and that still live. */
export function workOfTree(pid: number): number {
  const all = new Map<number, { readonly parent: number; readonly work: number }>();
  for (const name of readdirSync('/proc')) {
    const fields = /^\d+$/.test(name) ? fieldsOf(Number(name)) : undefined;
    if (fields !== undefined) all.set(Number(name), fields);
  }
  const below = (each: number): boolean => {
    if (each === pid) return true;
    const parent = all.get(each)?.parent ?? 0;
    return parent > 1 && below(parent);
  };
  return [...all].reduce((sum, [each, { work }]) => sum + (below(each) ? work : 0), 0);
}

function fieldsOf(pid: number): { readonly parent: number; readonly work: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), work: TICK * (Number(fields[11]) + Number(fields[12])) };
  } catch {
    return undefined;
  }
}
