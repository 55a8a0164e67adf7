/** Plans of programs in files, as the trainer gets them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, type Files, makePlan, type Plan } from '../../language/index.ts';

/** Without `data`, nothing is known of the program's data files, as if they were still being looked for. */
export function planOf(file: string, data: 'data' | undefined = undefined): Plan {
  const unknown: Files = { source: () => undefined, header: () => undefined };
  const analyser = createAnalyser(data ? createFiles() : unknown);
  const answer = makePlan(analyser, { file: resolve(file), text: readFileSync(file, 'utf8'), action: 'train' });
  if (answer.kind === 'plan') return answer.plan;
  throw new Error(
    `${file} has no plan: ${JSON.stringify(answer.problems.map(({ code, message }) => [code, message]))}`,
  );
}
