/** The tours: in each pair, the Python of one library and the `.model` program beside it have equally many weights. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAnalyser } from '../../language/check/index.ts';
import { summarise } from '../../language/index.ts';
import { findPython } from '../engines/references.ts';
import { filesOf } from '../language/check/check.ts';

interface Pair {
  readonly title: string;
  readonly python: string;
  readonly program: string;
}

function pairsOf(name: string): readonly Pair[] {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', name), 'utf8');
  return text
    .split(/^## /mu)
    .slice(1)
    .flatMap((section) => {
      const fence = (language: string) =>
        new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'mu').exec(section)?.[1];
      const [python, program] = [fence('python'), fence('model')];
      if (python === undefined || program === undefined) return [];
      return [{ title: section.split('\n')[0] ?? '', python, program }];
    });
}

/** Weights of the last model of a program: all of them, and those that are trained. */
function weightsOf(program: string): readonly [number, number] {
  const analyser = createAnalyser(filesOf({}));
  const unit = [...program.matchAll(/^model (\w+)/gmu)].at(-1)?.[1] ?? '';
  const summary = summarise(analyser, { file: 'tour.model', text: program, unit });
  if (!summary) return expect.fail(`${unit}: no summary`);
  return [summary.parameters, summary.trainable].map(Number) as [number, number];
}

const tours = {
  'tour-for-keras-users.md': `
import numpy as np
def counted(model):
    trained = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
    return [model.count_params(), trained]
`,
  'tour-for-pytorch-users.md': `
def counted(model):
    trained = sum(p.numel() for p in model.parameters())
    stored = sum(b.numel() for name, b in model.named_buffers() if not name.endswith("num_batches_tracked"))
    return [trained + stored, trained]
`,
};

test.each(Object.entries(tours))('%s', (name, count) => {
  const pairs = pairsOf(name);
  expect(pairs.length).toBeGreaterThanOrEqual(3);
  const ours = pairs.map(({ title, program }) => [title, ...weightsOf(program)]);
  const python = findPython();
  if ('missing' in python) return console.log(`${name} not compared: ${python.missing}`);
  const runs = pairs
    .map(
      ({ title, python: text }) =>
        `scope = {}\nexec(${JSON.stringify(text)}, scope)\nout.append([${JSON.stringify(title)}, *counted(scope["model"])])`,
    )
    .join('\n');
  const script = `import json\n${count}\nout = []\n${runs}\nprint("weights:" + json.dumps(out))\n`;
  const env = { ...process.env, KERAS_BACKEND: 'torch', TF_CPP_MIN_LOG_LEVEL: '3' };
  const said = execFileSync(python.path, ['-c', script], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
  expect(JSON.parse(/^weights:(.*)$/mu.exec(said)?.[1] ?? '[]')).toEqual(ours);
});
