/** `node scripts/native-part.mjs`: places `@tensorflow/tfjs-node-gpu` with its unlinked native part in `dist/native`. */
import * as esbuild from 'esbuild';
import { say } from './lib/say.mjs';
import { copyTfjs, target } from './lib/tfjs-package.mjs';

const line = await copyTfjs(esbuild);
say(line ?? `native part: ${target} is whole`);
if (line !== undefined) process.exitCode = 1;
