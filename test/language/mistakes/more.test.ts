/** Mistakes that are not on the list: names and forms of other libraries, and what goes wrong without any of them. */
import { describe, expect, test } from 'vitest';
import { type Case, show } from './case.ts';
import { formCases } from './more-forms.ts';
import { habitCases } from './more-habits.ts';
import { nameCases } from './more-names.ts';
import { moreShapeCases } from './more-shapes.ts';
import { thoughtCases } from './more-thoughts.ts';

const groups: Readonly<Record<string, readonly Case[]>> = {
  'names and forms of elsewhere': [...nameCases, ...formCases],
  'what no list has': [...thoughtCases, ...moreShapeCases],
  'habits of the hand': habitCases,
};
const shown: string[] = [];

for (const [title, cases] of Object.entries(groups)) {
  describe(title, () => {
    for (const one of cases) test(one.title, () => void shown.push(show(one)));
  });
}

test('what is said, word for word', async () => {
  await expect(`${shown.join('\n')}\n`).toMatchFileSnapshot('golden-more.txt');
});
