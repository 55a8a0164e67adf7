/**
 * `npm run references`: the Python references (PyTorch, Keras, TensorFlow …) that tests and benchmarks compare with, in
 * `.references`, and the native part of tfjs-node-gpu built against that TensorFlow. Does nothing where all is there.
 * Without Python or without a package index it says so in one line and ends with 1; nothing else depends on it.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePython, references, root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { fail, say, seconds } from './lib/say.mjs';
import { hashOf, isStamped, stamp } from './lib/stamp.mjs';
import { buildTensorflowAddon } from './lib/tensorflow-addon.mjs';

const list = join(root, 'scripts', 'references.txt');
const mark = join(references, '.installed');

await installPython();
const tensorflow = await tensorflowFolder();
const addon = await buildTensorflowAddon(tensorflow);
say(addon.line);
if (!addon.done) process.exitCode = 1;

async function installPython() {
  const wanted = hashOf({ files: [list] });
  if (existsSync(referencePython) && isStamped(mark, wanted)) {
    say('references: installed');
    return;
  }
  if (!existsSync(referencePython)) await makeEnvironment();
  say('references: installing PyTorch, TensorFlow, Keras … (about 2.5 GB on disk, once)');
  const from = performance.now();
  const pip = await run(
    referencePython,
    ['-m', 'pip', 'install', '--no-input', '--no-deps', '--retries', '0', '--timeout', '20', '-r', list],
    { capture: true },
  );
  writeFileSync(join(references, 'pip.log'), pip.out);
  if (pip.code !== 0) {
    const reason = pip.out.split('\n').findLast((line) => line.startsWith('ERROR:')) ?? `pip ended with ${pip.code}`;
    fail(
      `references: pip could not install them (${reason}; all of it in .references/pip.log). Tests against them are skipped.`,
    );
  }
  await proveImports();
  stamp(mark, wanted);
  say(`references: installed in ${seconds(from)}`);
}

async function makeEnvironment() {
  for (const python of ['python3', 'python']) {
    const version = await run(python, ['-c', 'import sys; print(sys.version_info >= (3, 10))'], { capture: true });
    if (version.code !== 0 || !version.out.includes('True')) continue;
    const made = await run(python, ['-m', 'venv', references], { capture: true });
    if (made.code === 0) return;
    fail(
      `references: ${python} -m venv failed (${made.out.trim().split('\n').at(0)}). On Debian: apt-get install python3-venv`,
    );
  }
  fail('references: no Python ≥ 3.10 on the path (python3, python). Tests against PyTorch and Keras are skipped.');
}

/** PyTorch's Linux wheel from the public index links against CUDA libraries that are not installed here: then say so. */
async function proveImports() {
  const program = 'import torch, tensorflow, keras, numpy, onnx, safetensors, tensorboard; print("imports work")';
  const proof = await run(referencePython, ['-W', 'ignore', '-c', program], {
    capture: true,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', KERAS_BACKEND: 'tensorflow' },
  });
  if (proof.out.includes('imports work')) return;
  const reason = proof.out.trim().split('\n').at(-1);
  fail(
    `references: installed, but importing them failed (${reason}). ` +
      'If a CUDA library is missing, install a CPU build of the same PyTorch into .references and run this again.',
  );
}

/** Where the package lies, found without importing it (that takes seconds). */
async function tensorflowFolder() {
  const program = 'import importlib.util as u; print(u.find_spec("tensorflow").submodule_search_locations[0])';
  const found = await run(referencePython, ['-c', program], { capture: true });
  const folder = found.out.trim().split('\n').at(-1) ?? '';
  if (found.code !== 0 || !existsSync(folder))
    fail(`references: TensorFlow was not found in .references (${found.out.trim()})`);
  return folder;
}
