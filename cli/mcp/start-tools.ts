/** The tools that start a trainer: train (the person is asked first) and evaluate. */
import { basename } from 'node:path';
import { problemFacts, type ToolAnswer, type ToolInput, textOf, textsOf } from '../../assist/index.ts';
import { makePlan, type Plan, type PlanAnswer } from '../../language/index.ts';
import { TRAINER_VERSION } from '../../protocol/index.ts';
import {
  chooseRun,
  evaluated,
  patienceOf,
  RunConnection,
  type Started,
  startTrainer,
  storyIn,
} from '../../runs/index.ts';
import { withDownloads } from '../downloads.ts';
import { createChecker, textsOf as programTexts, shown } from '../program.ts';
import { trainerProgram } from '../trainer.ts';
import { grouped, type World } from '../world.ts';
import { runsFolder } from './run-tools.ts';

/** Asks the person; undefined where the assistant's program can't. */
export type AskPerson = (question: string) => Promise<boolean> | undefined;

const OPTIONS = { engine: 'auto', device: 'auto', threads: 0 } as const;

/** `modelwright_train`. Where the assistant takes the call back, the run saves a checkpoint and stops. */
export async function trainTool(
  world: World,
  input: ToolInput,
  ask: AskPerson,
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const planned = await planOf(world, input, 'train');
  if (!planned.ok) return planned;
  const { plan } = planned;
  const refused = await agreed(plan, textOf(input, 'confirm'), ask);
  if (refused !== undefined) return refused;
  if (signal.aborted) return { ok: false, message: 'The call was taken back, so nothing was started.' };
  const runs = runsFolder(world, plan.file);
  const base = { version: TRAINER_VERSION, keepGoing: false, started: world.now() } as const;
  const run = await startTrainer(await trainerProgram(world), { ...base, kind: 'train', plan, runs, options: OPTIONS });
  if (!run.ok) return { ok: false, message: run.error.message };
  await endOf(run, patienceOf(input.wait), signal);
  return storyIn(run.folder);
}

/** `modelwright_evaluate`. */
export async function evaluateTool(world: World, input: ToolInput, signal: AbortSignal): Promise<ToolAnswer> {
  const planned = await planOf(world, input, 'evaluate');
  if (!planned.ok) return planned;
  const { plan } = planned;
  const chosen = chooseRun(runsFolder(world, plan.file), {
    model: plan.model.name,
    file: plan.file,
    args: plan.model.args,
    declaration: plan.run,
    word: textOf(input, 'run'),
  });
  if (!chosen.ok) return { ok: false, message: chosen.message };
  const { folder } = chosen.run;
  const base = { version: TRAINER_VERSION, checkpoint: 'best', options: OPTIONS } as const;
  return evaluated(await trainerProgram(world), { ...base, kind: 'evaluate', plan, folder }, signal);
}

type Planned = { readonly ok: true; readonly plan: Plan } | Extract<ToolAnswer, { ok: false }>;

async function planOf(world: World, input: ToolInput, action: 'train' | 'evaluate'): Promise<Planned> {
  const checker = createChecker(world);
  const path = textOf(input, 'file') ?? '';
  const source = checker.read(path);
  if (!source.ok) return source;
  const { file, text } = source;
  const wish = { file, text, declaration: textOf(input, 'declaration'), action, overrides: textsOf(input, 'set') };
  const answer: PlanAnswer | undefined = await withDownloads(world, () => makePlan(checker.analyser, wish));
  if (answer === undefined) return { ok: false, message: 'A file that the program downloads could not be fetched.' };
  if (answer.kind === 'plan') return { ok: true, plan: answer.plan };
  const texts = programTexts(checker.analyser);
  const [first] = answer.problems.map((problem) => problemFacts(problem, texts, (each) => shown(each, world)));
  const where = first === undefined ? '' : ` ${first.file}:${first.range.start.line}: ${first.message}`;
  const count = grouped(answer.problems.length);
  return { ok: false, message: `Nothing was started: ${count} problem(s).${where} Mend them by modelwright_check.` };
}

/**
 * What to answer where the person has not agreed. An assistant's program that can't ask gets a word to call again with, so
 * that nothing is trained by one call alone.
 */
async function agreed(plan: Plan, confirm: string | undefined, ask: AskPerson): Promise<ToolAnswer | undefined> {
  const question = `Train ${plan.title} (${basename(plan.file)})? It runs on this computer and writes a run folder.`;
  const asked = ask(question);
  if (asked !== undefined) {
    return (await asked) ? undefined : { ok: false, message: 'The person did not agree, so nothing was started.' };
  }
  const word = wordOf(plan);
  if (confirm === word) return undefined;
  return {
    ok: false,
    message: `Not started yet. Ask the person: "${question}" Once they agree, call modelwright_train again with the same input and confirm: "${word}".`,
  };
}

/** Another program gives another word: what was agreed to is what is trained. */
function wordOf(plan: Plan): string {
  let hash = 7;
  for (const character of JSON.stringify({ ...plan, sources: plan.sources })) {
    hash = (hash * 31 + character.charCodeAt(0)) % 2_147_483_647;
  }
  return `train-${hash.toString(36)}`;
}

type Run = Extract<Started, { readonly ok: true }>;

/**
 * Waits for the run's end, or so long. The line to the trainer stays open while this process lives, so that the run goes on;
 * when it is gone, the trainer saves and stops.
 */
async function endOf({ folder, exited }: Run, milliseconds: number, signal: AbortSignal): Promise<void> {
  const connection = new RunConnection({ onEvent: () => undefined, onClose: () => undefined });
  void exited.then(() => connection.dispose());
  await connection.open(folder, Number.MAX_SAFE_INTEGER);
  const stop = (): void => void connection.send({ kind: 'stop' });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  await Promise.race([exited, new Promise((done) => setTimeout(done, milliseconds).unref())]);
  signal.removeEventListener('abort', stop);
}
