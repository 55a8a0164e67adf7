/** The thread that studies programs: one question after another, each with the texts that are open in the editor. */
import { parentPort } from 'node:worker_threads';
import { createFiles, type PathRules } from '../../files/index.ts';
import { type Answer, type Question, study } from './study.ts';

export interface Asked {
  readonly id: number;
  readonly question: Question;
  /** Texts of open programs by their paths; they win over the disk. */
  readonly open: Readonly<Record<string, string>>;
  readonly rules: PathRules;
}

export interface Answered {
  readonly id: number;
  /** Missing where the study failed. */
  readonly answer?: Answer;
  readonly error?: string;
}

parentPort?.on('message', ({ id, question, open, rules }: Asked) => {
  const files = createFiles({ ...rules, open: (file) => (Object.hasOwn(open, file) ? open[file] : undefined) });
  const post = (answered: Answered) => parentPort?.postMessage(answered);
  try {
    post({ id, answer: study(question, files) });
  } catch (error) {
    post({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
