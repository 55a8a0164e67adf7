/**
 * Builds the native part of `@tensorflow/tfjs-node-gpu` from the package's own, unmodified C++ against a TensorFlow that is
 * here already. Its own install script would download libtensorflow 2.9 instead, which fails for many people.
 */
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { modules } from './paths.mjs';
import { run } from './process.mjs';
import { hashOf, isStamped, stamp } from './stamp.mjs';

const packageFolder = join(modules, '@tensorflow', 'tfjs-node-gpu');
const addon = join(packageFolder, 'lib', 'napi-v8', 'tfjs_binding.node');

/**
 * @param {string} tensorflow the folder of the Python package, with `include/` and the two libraries
 * @returns {Promise<{done: boolean, line: string}>} what to tell
 */
export async function buildTensorflowAddon(tensorflow) {
  if (process.platform !== 'linux')
    return { done: false, line: 'tfjs-node-gpu: its native part is built on Linux only' };
  if (!existsSync(packageFolder)) return { done: false, line: 'tfjs-node-gpu: the package is not installed' };
  const wanted = hashOf({ texts: [tensorflow, process.arch], files: [join(packageFolder, 'package.json')] });
  const mark = join(packageFolder, 'lib', '.built');
  if (existsSync(addon) && isStamped(mark, wanted)) return { done: true, line: 'tfjs-node-gpu: native part is there' };
  const linked = linkLibraries(tensorflow);
  if (linked !== undefined) return { done: false, line: `tfjs-node-gpu: ${linked}` };
  const compiled = await compile(tensorflow);
  if (compiled.code !== 0)
    return { done: false, line: `tfjs-node-gpu: g++ ended with ${compiled.code}\n${compiled.out.slice(-2000)}` };
  const proof = await run(process.execPath, ['-e', proofProgram], {
    capture: true,
    cwd: dirname(modules),
    timeout: 60_000,
  });
  if (!proof.out.includes('proof 11'))
    return { done: false, line: `tfjs-node-gpu: built, but it does not work\n${proof.out.slice(-2000)}` };
  stamp(mark, wanted);
  return { done: true, line: 'tfjs-node-gpu: native part built and working' };
}

/** [1, 2] · [3, 4] = 11, computed by TensorFlow. Node ≥ 23 lacks a function that the package calls. */
const proofProgram = `
const util = require('node:util');
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
const tf = require('@tensorflow/tfjs-node-gpu');
console.log('proof', tf.tensor1d([1, 2]).dot(tf.tensor1d([3, 4])).dataSync()[0]);
`;

/** Libraries under the names that the loader asks for; links, so that the wheel's own relative paths go on working. */
function linkLibraries(tensorflow) {
  const libraries = join(packageFolder, 'deps', 'lib');
  rmSync(join(packageFolder, 'deps'), { recursive: true, force: true });
  mkdirSync(libraries, { recursive: true });
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
    const real = join(tensorflow, name);
    if (!existsSync(real)) return `${real} is not there: this TensorFlow brings no C++ library`;
    symlinkSync(real, join(libraries, name));
  }
  return undefined;
}

function compile(tensorflow) {
  mkdirSync(dirname(addon), { recursive: true });
  const libraries = join(packageFolder, 'deps', 'lib');
  return run(
    process.env.CXX ?? 'g++',
    [
      '-shared',
      '-fPIC',
      '-O2',
      '-std=c++17',
      '-w',
      '-DNAPI_VERSION=8',
      `-I${join(tensorflow, 'include')}`,
      `-I${join(modules, 'node-api-headers', 'include')}`,
      `-I${packageFolder}`,
      join(packageFolder, 'binding', 'tfjs_backend.cc'),
      join(packageFolder, 'binding', 'tfjs_binding.cc'),
      '-o',
      addon,
      join(libraries, 'libtensorflow_cc.so.2'),
      join(libraries, 'libtensorflow_framework.so.2'),
      `-Wl,-rpath,${tensorflow}`,
      '-Wl,-rpath,$ORIGIN/../../deps/lib',
    ],
    { capture: true },
  );
}
