/** Mutated texts through the checker and every editor feature: nothing throws, nothing points outside. */
import { expect, test } from 'vitest';
import {
  completion,
  createAnalyser,
  definition,
  diagnostics,
  fixAll,
  folds,
  hover,
  inlayHints,
  lenses,
  links,
  outline,
  quickFixes,
  references,
  semanticTokens,
  signatureHelp,
} from '../../../language/index.ts';
import { mutations, random } from '../syntax/mutate.ts';
import { noFiles } from './marked.ts';

test('20,000 mutated texts through every feature', () => {
  const next = random(3);
  const analyser = createAnalyser(noFiles);
  let count = 0;
  for (const text of mutations(2, 0.03)) {
    const file = analyser.analyse('/t.model', text);
    const known = { syntax: analyser.syntax, checked: () => file };
    const offset = Math.floor(next() * (text.length + 1));
    const spans = [
      ...diagnostics(file, undefined),
      ...quickFixes(file, 0, text.length).flatMap((fix) => fix.edits),
      ...fixAll(file),
      ...semanticTokens(file),
      ...folds(file.syntax),
      ...links(file.syntax),
      ...outline(file.syntax),
      ...lenses(file, [file]),
      ...references(file, offset, [file], known),
    ];
    const hints = inlayHints(file, 0, text.length);
    const found = completion(file, offset);
    const more = [definition(file, offset, known)?.target, hover(file, offset, known), found?.replace];
    signatureHelp(file, offset);
    for (const span of [...spans, ...more, ...hints.map((h) => ({ start: h.offset, end: h.offset }))]) {
      if (span === undefined) continue;
      if (!(span.start >= 0 && span.start <= span.end && span.end <= text.length)) {
        expect.fail(`${span.start}..${span.end} of ${text.length}\n${text}`);
      }
    }
    if (++count === 20_000) break;
  }
  expect(count).toBe(20_000);
  expect(analyser.crashes).toEqual([]);
});
