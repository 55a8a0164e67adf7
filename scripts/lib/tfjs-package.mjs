/**
 * `@tensorflow/tfjs-node-gpu` inside the extension: its JavaScript as one bundle, and its native part, built of the package's
 * own unmodified C++ and left unlinked: the process loads a libtensorflow first, whose symbols it then finds. So one small
 * file serves every TensorFlow. The C++ goes along, for machines where the built one does not fit.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist, modules, references } from './paths.mjs';
import { run } from './process.mjs';
import { filesBelow, hashOf, isStamped, stamp } from './stamp.mjs';

const packageFolder = join(modules, '@tensorflow', 'tfjs-node-gpu');
const headers = join(modules, 'node-api-headers', 'include');
export const target = join(dist, 'native', 'tfjs-node-gpu');

/**
 * @param {typeof import('esbuild')} esbuild
 * @returns {Promise<string | undefined>} a line where something is left out
 */
export async function copyTfjs(esbuild) {
  if (!existsSync(packageFolder)) return 'tfjs-node-gpu is not installed: TensorFlow is used by its C API alone';
  const tensorflow = tensorflowHeaders();
  const mark = join(target, '.built');
  const wanted = hashOf({
    files: [join(packageFolder, 'package.json'), ...filesBelow(join(packageFolder, 'binding'))],
    texts: [process.platform, process.arch, String(tensorflow), nativePart.toString(), bundle.toString()],
  });
  if (isStamped(mark, wanted)) return undefined;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  await bundle(esbuild);
  copyAll(join(packageFolder, 'binding'), join(target, 'binding'), /\.(cc|h)$/);
  copyAll(headers, join(target, 'node-api'), /\.h$/);
  const line = await nativePart(tensorflow, join(target, 'tfjs_binding.node'));
  stamp(mark, wanted);
  return line;
}

/** Builds the native part into `file`. Answers why not, or undefined. */
export async function nativePart(tensorflow, file) {
  if (process.platform === 'win32') return 'tfjs-node-gpu: no native part is built on Windows';
  if (tensorflow === undefined)
    return 'tfjs-node-gpu: no headers of TensorFlow here (npm run references): it is compiled at the user’s';
  const compiler = process.env.CXX ?? 'c++';
  const unlinked = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : [];
  const flags = ['-shared', '-fPIC', '-O2', '-std=c++17', '-w', '-DNAPI_VERSION=8', ...unlinked];
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(packageFolder, 'binding', name));
  const folders = [join(tensorflow, 'include'), headers, packageFolder].map((folder) => `-I${folder}`);
  const done = await run(compiler, [...flags, ...folders, ...sources, '-o', file], { capture: true });
  return done.code === 0
    ? undefined
    : `tfjs-node-gpu: ${compiler} could not build the native part\n${done.out.slice(-2000)}`;
}

/** The folder of a TensorFlow of Python whose headers can be compiled against. */
function tensorflowHeaders() {
  const lib = join(references, 'lib');
  if (!existsSync(lib)) return undefined;
  return readdirSync(lib)
    .map((name) => join(lib, name, 'site-packages', 'tensorflow'))
    .find((folder) => existsSync(join(folder, 'include', 'tensorflow', 'c', 'c_api.h')));
}

function copyAll(from, to, pattern) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) if (pattern.test(name)) copyFileSync(join(from, name), join(to, name));
}

async function bundle(esbuild) {
  let rewritten = false;
  const loader = {
    name: 'native part beside the bundle',
    setup(build) {
      build.onLoad({ filter: /tfjs-node-gpu[\\/]dist[\\/]index\.js$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const contents = text
          .replace(/var binary = require\('@mapbox\/node-pre-gyp'\);/, '')
          .replace(
            /var bindingPath = [^;]*;/,
            "var bindingPath = process.env.MODELWRIGHT_TFJS_BINDING || path.join(__dirname, 'tfjs_binding.node');",
          );
        rewritten = !contents.includes('node-pre-gyp') && contents.includes('MODELWRIGHT_TFJS_BINDING');
        return { contents, loader: 'js' };
      });
    },
  };
  const result = await esbuild.build({
    entryPoints: [join(packageFolder, 'dist', 'index.js')],
    outfile: join(target, 'index.js'),
    absWorkingDir: join(modules, '..'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    legalComments: 'eof',
    logLevel: 'error',
    plugins: [loader],
    write: false,
  });
  if (!rewritten)
    throw new Error(
      'tfjs-node-gpu: the lines that load its native part were not found; scripts/lib/tfjs-package.mjs must learn the new ones',
    );
  writeFileSync(join(target, 'index.js'), result.outputFiles[0].contents);
}
