/** Files that a program names by addresses are fetched before its plan is made: what their columns are decides on it. */
import { type Download, type PlacedProblem, unfetched } from '../language/index.ts';
import { isRecord, TRAINER_VERSION } from '../protocol/index.ts';
import { askTrainer } from '../runs/index.ts';
import { trainerProgram } from './trainer.ts';
import { paint, type World } from './world.ts';

/** What `make` answers, with the files there that it depends on; undefined where one could not be fetched, which was said. */
export async function withDownloads<
  Made extends { readonly kind: string; readonly problems?: readonly PlacedProblem[] },
>(world: World, make: () => Made): Promise<Made | undefined> {
  const answer = make();
  const downloads = unfetched(answer);
  if (downloads.length === 0) return answer;
  return (await fetched(world, downloads)) ? make() : undefined;
}

async function fetched(world: World, downloads: readonly Download[]): Promise<boolean> {
  const cancelled = new AbortController();
  const deaf = world.onInterrupt(() => cancelled.abort());
  const request = { version: TRAINER_VERSION, kind: 'fetch', downloads } as const;
  const answer = await askTrainer(await trainerProgram(world), request, cancelled.signal, (line) => {
    if (isRecord(line) && typeof line.said === 'string') world.say(line.said);
  });
  deaf();
  if (!answer.ok) {
    const why = cancelled.signal.aborted
      ? 'The download was cancelled; it goes on the next time.'
      : answer.error.message;
    world.say(`${paint(world, 'red', 'error')}: ${why}`);
  }
  return answer.ok;
}
