/** What `modelwright predict` says, for scripts that draw or write samples. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dist } from './paths.mjs';
import { run as runProcess } from './process.mjs';
import { fail } from './say.mjs';

/** `RUN [--runs=DIR] [--cli=FILE] [--to=FILE] [--from=TEXT] [--length=N]` of the command line. */
export function sampleOptions() {
  const options = {};
  for (const arg of process.argv.slice(2)) {
    const match = /^--(runs|cli|to|from|length)=(.*)$/su.exec(arg);
    if (match) options[match[1]] = match[2];
    else if (!arg.startsWith('-') && options.run === undefined) options.run = arg;
    else fail(`"${arg}" is neither a run nor one of --runs=DIR, --cli=FILE, --to=FILE, --from=TEXT, --length=N`);
  }
  if (options.run === undefined) fail('Which run? `modelwright runs` lists them.');
  return options;
}

/** The outputs by name, an entry for each example of `inputs`, which are nested lists of numbers by name. */
export async function predicted(run, inputs, defaultRuns, { runs = defaultRuns, cli = join(dist, 'cli.js') } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'modelwright-predict-'));
  try {
    const given = Object.entries(inputs).flatMap(([name, values]) => {
      const path = join(folder, `${name}.json`);
      writeFileSync(path, JSON.stringify(values));
      return ['--input', `${name}=${path}`];
    });
    const args = [cli, 'predict', run, ...given, '--runs', runs, '--engine', 'onnx', '--threads', '1', '--json'];
    const { code, out } = await runProcess(process.execPath, args, { capture: true });
    if (code !== 0) fail(`modelwright predict ended with ${code}:\n${out}`);
    const outputs = {};
    for (const line of out.split('\n').filter((text) => text.startsWith('{'))) {
      for (const [name, values] of Object.entries(JSON.parse(line).outputs))
        outputs[name] = [...(outputs[name] ?? []), ...values];
    }
    return outputs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
