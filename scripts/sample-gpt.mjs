/**
 * `node scripts/sample-gpt.mjs RUN [--runs=DIR] [--from="First line"] [--length=300]`: lets a run of
 * `examples/families/gpt.model` write on, a character at a time, by `modelwright predict`. The same text each time.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from './lib/paths.mjs';
import { predicted, sampleOptions } from './lib/predicted.mjs';
import { randomFrom } from './lib/random.mjs';
import { fail, say } from './lib/say.mjs';

const CONTEXT = 64;
const start = 'First Citizen:\nBefore we proceed any further, hear me speak.\n\nAll:\n';
const { run, from = start, length = '300', ...options } = sampleOptions();
const runs = options.runs ?? join(dist, 'results');
const fitted = JSON.parse(readFileSync(join(runs, run, 'fitted.json'), 'utf8'));
const signs =
  Object.values(fitted.nodes).find((node) => node.kind === 'Index')?.values ?? fail(`${run} has learned no characters`);
const text = [...from];
if (text.length < CONTEXT)
  fail(`The beginning has ${text.length} characters; the model looks at ${CONTEXT} at a time, so give as many.`);

const random = randomFrom(1);
while (text.length < from.length + Number(length)) {
  const tokens = text.slice(-CONTEXT).map((sign) => {
    const place = signs.indexOf(sign);
    return place >= 0 ? place : fail(`The model has not met the character ${JSON.stringify(sign)}.`);
  });
  const { logits } = await predicted(run, { tokens: [tokens] }, runs, options);
  text.push(signs[drawn(logits[0].at(-1))]);
}
say(text.join(''));

/** A place by the probabilities that scores stand for, a little sharpened. */
function drawn(scores) {
  const most = Math.max(...scores);
  const weights = scores.map((score) => Math.exp((score - most) / 0.8));
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [place, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return place;
  }
  return 0;
}
