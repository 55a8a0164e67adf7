/**
 * `npm run bench [-- PART …] [--quick] [--write] [--models=cnn,lstm] [--rounds=3]`: measures engines, language server and panel,
 * each in a process of its own. `--models` and `--rounds` are for the engines, and `--device=gpu`: those that reach a GPU.
 * Prints tables and writes `dist/bench/results.json`; `--write` also updates `docs/benchmarks.md`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { install } from './install.mjs';
import { sectionText } from './lib/bench-text.mjs';
import { dist, referencePython, root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { fail, say } from './lib/say.mjs';

const args = process.argv.slice(2);
const all = ['engines', 'data', 'server', 'programs', 'runs', 'panel', 'graph', 'try', 'tensorboard'];
const asked = args.filter((arg) => !arg.startsWith('--'));
const unknown = asked.find((name) => !all.includes(name));
if (unknown !== undefined) fail(`bench: no part "${unknown}"; there are ${all.join(', ')}`);
const options = {
  quick: args.includes('--quick'),
  models: flagValue('--models')?.split(','),
  rounds: flagValue('--rounds') === undefined ? undefined : Number(flagValue('--rounds')),
  device: flagValue('--device') === 'gpu' ? 'gpu' : undefined,
  root,
  python: existsSync(referencePython) ? referencePython : undefined,
};

await install();
const { build } = await import('./build.mjs');
const { nativePluginFrom } = await import('./lib/bundles.mjs');
const esbuild = await import('esbuild');
await build();
const folder = join(dist, 'bench');
mkdirSync(folder, { recursive: true });

const sections = {};
for (const name of asked.length > 0 ? asked : all) sections[name] = await measure(name);
const known = { ...earlier(), ...sections };
const machine = machineText();
writeFileSync(join(folder, 'results.json'), JSON.stringify({ machine, sections: known }, null, 2));
for (const section of Object.values(sections)) say(`\n${sectionText(section)}`);
if (args.includes('--write')) write(known, machine);
const missed = Object.values(sections).flatMap((section) => section.targets.filter((target) => !target.held));
say(
  missed.length === 0
    ? '\nAll targets held.'
    : `\n${missed.length} target(s) missed: ${missed.map((one) => one.what).join('; ')}`,
);

function flagValue(flag) {
  return args.find((arg) => arg.startsWith(`${flag}=`))?.slice(flag.length + 1);
}

async function measure(name) {
  const outfile = join(folder, `${name}.js`);
  const result = join(folder, `${name}.json`);
  await esbuild.build({
    stdin: {
      contents: `import { writeFileSync } from 'node:fs';
        import { bench } from './${name}.ts';
        bench(${JSON.stringify(options)}).then((section) => {
          writeFileSync(${JSON.stringify(result)}, JSON.stringify(section));
          process.exit(0);
        }, (error) => { console.error(error); process.exit(1); });`,
      resolveDir: join(root, 'bench'),
      loader: 'ts',
    },
    outfile,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['@tensorflow/tfjs-node-gpu', 'playwright-core', 'esbuild'],
    plugins: [nativePluginFrom('../native')],
    logLevel: 'warning',
  });
  const done = await run(process.execPath, [outfile], { cwd: root });
  if (done.code !== 0) fail(`bench: ${name} ended with ${done.code}`);
  return JSON.parse(readFileSync(result, 'utf8'));
}

/** Parts that were measured before and not now stay in the report. */
function earlier() {
  const path = join(folder, 'results.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).sections : {};
}

function machineText() {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${cpus().length} logical cores, ${gigabytes} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

function write(known, machine) {
  const path = join(root, 'docs', 'benchmarks.md');
  const [begin, end] = ['<!-- measured: begin -->', '<!-- measured: end -->'];
  const text = existsSync(path) ? readFileSync(path, 'utf8') : `# Benchmarks\n\n${begin}\n${end}\n`;
  const before = text.includes(begin) ? text.slice(0, text.indexOf(begin)) : `${text}\n`;
  const after = text.includes(end) ? text.slice(text.indexOf(end) + end.length) : '\n';
  const day = new Date().toISOString().slice(0, 10);
  const body = Object.values(known).map(sectionText).join('\n\n');
  writeFileSync(
    path,
    `${before}${begin}\n\nMeasured on ${day}: ${machine}. \`npm run bench -- --write\`.\n\n${body}\n\n${end}${after}`,
  );
  say(`bench: wrote ${path}`);
}
