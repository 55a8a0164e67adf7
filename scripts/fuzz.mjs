/**
 * `npm run fuzz [-- --edits=1000000] [--seed=1] [--every=5]`: edits of all programs through the checker and every editor
 * feature. Prints how far it is; a failure ends it with the seed, the number of the edit and the text.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { dist, root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { fail } from './lib/say.mjs';

const given = Object.fromEntries(
  process.argv.slice(2).map((arg) => {
    const match = /^--(edits|seed|every)=(\d+)$/u.exec(arg);
    return match ? [match[1], Number(match[2])] : fail(`fuzz: "${arg}" is none of --edits=N, --seed=N, --every=N`);
  }),
);
const options = { edits: 1_000_000, seed: 1, every: 5, ...given };
const folder = join(dist, 'fuzz');
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `fuzz-${options.seed}.js`);
const failed = join(folder, `failure-${options.seed}.model`);

/** So many edits belong to one seed: a failure is found again within them. */
const PART = 20_000;

await esbuild.build({
  stdin: {
    contents: `
      import { writeFileSync } from 'node:fs';
      import { fuzz } from './fuzz/fuzz.ts';
      import { allPrograms } from './fuzz/programs.ts';
      const { texts, world } = allPrograms(${JSON.stringify(root)});
      const { edits, seed, every } = ${JSON.stringify(options)};
      const started = performance.now();
      let done = 0;
      for (let part = 0; done < edits; part++) {
        const count = Math.min(${PART}, edits - done);
        const failure = fuzz({ seed: seed * 1000 + part, edits: count, programs: texts, world, every });
        if (failure) {
          writeFileSync(${JSON.stringify(failed)}, failure.text);
          console.log(\`part \${part}, edit \${failure.edit} (seed \${seed}): \${failure.what}\\n\${failure.text}\`);
          process.exit(1);
        }
        done += count;
        console.log(\`\${done} edits, \${Math.round((performance.now() - started) / 1000)} s\`);
      }
      console.log(\`\${done} edits: no exception, no answer that differs from a full check, nothing lost in formatting.\`);`,
    resolveDir: join(root, 'test', 'language'),
    loader: 'ts',
  },
  outfile,
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
});
const result = await run(process.execPath, [outfile], { cwd: root });
process.exit(result.code);
