/** What the trainer found, in the reader's language; what has no fixed form stays as it was written. */
import { joined, PROBLEM_TEXTS, type ProblemEvent, sentencesOf } from '../../protocol/index.ts';
import { t } from './translate.ts';

/** Each sentence of it; undefined where it is told as it was written. */
export function problemSentences({ words }: Pick<ProblemEvent, 'words'>): readonly string[] | undefined {
  return sentencesOf(words, PROBLEM_TEXTS, t);
}

/** All of it. */
export function problemText(problem: Pick<ProblemEvent, 'message' | 'words'>): string {
  const sentences = problemSentences(problem);
  return sentences === undefined ? problem.message : joined(sentences);
}
