/**
 * `npm run results [-- FAMILY …] [--seeds=3] [--threads=1] [--write]`: trains the programs of `examples/families` by the built
 * command line and their references of `test/references` by `.references`’ Python, and sets them side by side. `--write` puts
 * the table into `docs/results.md`; what was not measured now stays in it as it was measured last.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { families } from './lib/families.mjs';
import { dist, referencePython, root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { lineOf, resultsText } from './lib/results-text.mjs';
import { fail, say } from './lib/say.mjs';

const record = join(root, 'test', 'references', 'results.json');
const page = join(root, 'docs', 'results.md');
const options = { seeds: undefined, threads: '1', engine: 'onnx', cli: join(dist, 'cli.js'), only: '' };
const asked = [];
let write = false;
for (const arg of process.argv.slice(2)) {
  const match = /^--(seeds|threads|engine|cli|only)=(.+)$/u.exec(arg);
  if (match) options[match[1]] = match[2];
  else if (arg === '--write') write = true;
  else if (families.some((one) => one.name === arg)) asked.push(arg);
  else {
    const names = families.map((one) => one.name).join(', ');
    fail(
      `results: "${arg}" is neither a family (${names}) nor one of --seeds=N, --threads=N, --engine=NAME, --cli=FILE, --only=ours|reference, --write`,
    );
  }
}
/** Files beside the programs, else in the data folder. */
const own = join(root, 'examples', 'families');
const data = process.env.MODELWRIGHT_DATA ?? own;
const folder = join(dist, 'results');
mkdirSync(folder, { recursive: true });

const machineFlags = ['--threads', options.threads, '--engine', options.engine];
for (const one of families.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  const missing = one.needs.find((file) => !existsSync(join(own, file)) && !existsSync(join(data, file)));
  if (missing !== undefined) {
    say(`${one.name}: skipped, there is no ${missing} (\`${one.cure ?? 'npm run data'}\`, or set MODELWRIGHT_DATA)`);
    continue;
  }
  const before = recorded()[one.name] ?? {};
  const count = Number(options.seeds ?? one.seeds ?? 3);
  const ours = options.only === 'reference' ? before.ours : await seeds(count, (seed) => train(one, seed));
  const reference = options.only === 'ours' ? before.reference : await referenceOf(one, count, before);
  const result = { machine: machine(), ours, reference };
  say(lineOf(one, result));
  // After each one: a long series that is broken off has not been for nothing.
  if (write) writeDown({ ...recorded(), [one.name]: result });
}

/** What was measured last, by family. */
function recorded() {
  return existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : {};
}

function writeDown(known) {
  const before = existsSync(page) ? readFileSync(page, 'utf8') : '';
  writeFileSync(record, `${JSON.stringify(known, null, 1)}\n`);
  writeFileSync(page, resultsText(families, known, before));
}

/** What `one` gives for each seed: `values` as lists, mean seconds, and what else it says of itself. */
async function seeds(count, one) {
  const all = [];
  for (let seed = 0; seed < count; seed++) all.push(await one(seed));
  return together(all);
}

function together(all) {
  const names = Object.keys(all[0].values);
  const values = Object.fromEntries(names.map((name) => [name, all.map((each) => each.values[name])]));
  const seconds = all.reduce((sum, each) => sum + each.seconds, 0) / all.length;
  return { values, seconds: Math.round(seconds * 10) / 10, by: all[0].by };
}

async function referenceOf({ name }, count, before) {
  if (!existsSync(referencePython)) {
    say(`${name}: the reference is skipped, there is no Python in .references (\`npm run references\`)`);
    return before.reference;
  }
  const file = join(root, 'test', 'references', `${name}.py`);
  const args = ['-W', 'ignore', file, '--data', data, '--seeds', String(count), '--threads', options.threads];
  const { code, out } = await run(referencePython, args, { capture: true });
  const said = jsonLines(out);
  if (code !== 0 || said.length !== count) fail(`results: the reference of ${name} ended with ${code}:\n${out}`);
  return together(said.map(({ values, seconds, torch }) => ({ values, seconds, by: `PyTorch ${torch}` })));
}

async function train({ name, runs }, seed) {
  const program = join(root, 'examples', 'families', `${name}.model`);
  const values = {};
  let took = 0;
  let by = '';
  for (const one of runs) {
    const began = performance.now();
    const events = await ours(['train', program, one.train, '--set', `seed=${seed}`, ...machineFlags]);
    took += (performance.now() - began) / 1000;
    const started = events.find((event) => event.kind === 'started');
    const ended = events.find((event) => event.kind === 'ended');
    if (started === undefined || ended?.state !== 'finished')
      fail(`results: ${name} did not finish: ${JSON.stringify(ended)}`);
    by = started.engine.title ?? started.engine.id;
    const measured =
      one.evaluate === false
        ? events.findLast((event) => event.kind === 'epoch').validation
        : (await ours(['evaluate', program, one.evaluate, '--run', started.run, ...machineFlags])).at(-1).metrics;
    for (const [to, from] of Object.entries(one.values)) values[to] = measured[from];
  }
  return { values, seconds: took, by };
}

/** Lines of JSON that a command of ours gives. */
async function ours([command, program, block, ...rest]) {
  const args = [
    options.cli,
    command,
    program,
    ...(block === undefined ? [] : [block]),
    ...rest,
    '--runs',
    folder,
    '--json',
  ];
  const env = { ...process.env, MODELWRIGHT_DATA: data };
  const { code, out } = await run(process.execPath, args, { capture: true, env });
  // 1: an expectation does not hold, which the table shows.
  if (code !== 0 && !(command === 'evaluate' && code === 1))
    fail(`results: modelwright ${args.slice(1).join(' ')} ended with ${code}:\n${out}`);
  return jsonLines(out);
}

function jsonLines(text) {
  return text.split('\n').flatMap((line) => {
    try {
      return line.startsWith('{') ? [JSON.parse(line)] : [];
    } catch {
      return [];
    }
  });
}

function machine() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${options.threads} thread(s), Node ${process.versions.node}, Modelwright ${version}`;
}
