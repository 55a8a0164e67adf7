/**
 * `npm run oracle [-- --layers=25000] [--seed=1]`: shapes and weights of random layers against Keras and PyTorch, which must
 * be there (`npm run references`). `npm test` asks about a few hundred of them.
 */
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { fail } from './lib/say.mjs';

const given = Object.fromEntries(
  process.argv.slice(2).map((arg) => {
    const match = /^--(layers|seed)=(\d+)$/u.exec(arg);
    return match ? [match[1], match[2]] : fail(`oracle: "${arg}" is none of --layers=N, --seed=N`);
  }),
);
const { layers, seed } = { layers: '25000', seed: '1', ...given };
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const result = await run(process.execPath, [vitest, 'run', 'test/language/check/oracle'], {
  cwd: root,
  env: { ...process.env, MODELWRIGHT_ORACLE: layers, MODELWRIGHT_ORACLE_SEED: seed },
});
process.exit(result.code);
