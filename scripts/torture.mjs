/**
 * `npm run torture [-- --kills=1000 --seed=1 --engine=onnx]`: kills small runs at random moments, between and in the middle of
 * writes, resumes each, and compares its bytes with those of an undisturbed one.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { out } from './lib/paths.mjs';
import { bundleTorture } from './lib/torture.mjs';

const option = (name, standard) =>
  process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3) ?? standard;

const folder = join(out, 'torture');
const { main, trainer } = await bundleTorture(folder);
const { status } = spawnSync(
  process.execPath,
  [main, trainer, option('kills', '1000'), option('seed', '1'), option('engine', 'onnx')],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
