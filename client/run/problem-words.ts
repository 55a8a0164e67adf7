/** What the trainer found and why a run ended, in the reader's language; what has no fixed form stays as it was written. */
import * as vscode from 'vscode';
import { joined, PROBLEM_TEXTS, type ProblemEvent, reasonWords, sentencesOf } from '../../protocol/index.ts';

export function problemText({ message, words }: Pick<ProblemEvent, 'message' | 'words'>): string {
  const sentences = sentencesOf(words, PROBLEM_TEXTS, vscode.l10n.t);
  return sentences === undefined ? message : joined(sentences);
}

export function endText(reason: string): string {
  const words = reasonWords(reason);
  return words === undefined ? reason : vscode.l10n.t(words.text, ...words.values);
}
