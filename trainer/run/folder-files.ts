/** What a run reads and writes in its folder besides checkpoints and `run.json`: the plan, the sources, the lines of events. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plan } from '../../language/index.ts';
import { parseEventLines, parseRunRecord, type RunEvent } from '../../protocol/index.ts';
import { readEvents } from '../../runs/index.ts';
import { Failure } from '../failure.ts';
import type { Disk } from './disk.ts';
import { planHash } from './hash.ts';

/** The plan of a run, which must be the one that the run began with. */
export function readPlan(folder: string): Plan {
  let why = 'is missing, damaged or from another version of Modelwright';
  try {
    const plan: Plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'));
    if (plan.version === 1) {
      const record = parseRunRecord(textOf(join(folder, 'run.json')) ?? '');
      if (record === undefined || record.planHash === planHash(plan)) return plan;
      why = 'is not the one that the run began with: it was changed or damaged since';
    }
  } catch {
    // Told below, with what is to be done.
  }
  throw new Failure(
    'train/no-plan',
    `The plan of the run ${basename(folder)} (plan.json) ${why}. Train again for a new run.`,
  );
}

/** Copies the program with everything it imports, by file name; two of one name are told apart by a number. */
export function copySources(plan: Plan, folder: string, disk: Disk): void {
  const target = join(folder, 'source');
  disk.makeFolder(target);
  const taken = new Set<string>();
  for (const source of plan.sources) {
    let name = basename(source.path) || 'program.model';
    for (let i = 2; taken.has(name); i++) name = `${i}-${basename(source.path)}`;
    taken.add(name);
    disk.write(join(target, name), [Buffer.from(source.text)]);
  }
}

/** Cuts a line that was being written when the process died; answers the number of the last event. */
export function mendLines(folder: string, disk: Disk): number {
  let seq = 0;
  for (const name of ['metrics.jsonl', 'events.jsonl']) {
    const path = join(folder, name);
    const bytes = disk.read(path) ?? Buffer.alloc(0);
    const end = bytes.lastIndexOf(10) + 1;
    if (end < bytes.length) disk.cut(path, end);
    for (const event of parseEventLines(bytes.toString('utf8', 0, end))) seq = Math.max(seq, event.seq);
  }
  return seq;
}

/** Events after a number, from memory where they are still there. */
export function eventsSince(folder: string, recent: readonly RunEvent[], after: number): readonly RunEvent[] {
  const first = recent[0];
  if (first === undefined || first.seq > after + 1) return readEvents(folder).filter((event) => event.seq > after);
  return recent.filter((event) => event.seq > after);
}

/** The text of a file; undefined where there is none. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
