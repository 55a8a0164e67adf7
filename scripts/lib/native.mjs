/**
 * Fills `dist/native`: the JavaScript of each native package as one bundle, its binary for this platform beside it.
 * A `.vsix` is made for one platform and carries nothing of the others.
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { dist, modules } from './paths.mjs';
import { hashOf, isStamped, stamp } from './stamp.mjs';

const native = join(dist, 'native');
const platform = `${process.platform}-${process.arch}`;

/** Each: which file of the package loads the binary, what it says instead, and the files to copy. */
function recipes() {
  const onnx = join(modules, 'onnxruntime-node', 'bin', 'napi-v6', process.platform, process.arch);
  const koffi = join(modules, '@koromix', `koffi-${platform}`, `${process.platform}_${process.arch}`);
  const sharp = `sharp-${platform}`;
  const sharpFiles = [sharp, `sharp-libvips-${platform}`].flatMap((name) =>
    listed(join(modules, '@img', name, 'lib')).filter((file) => /\.(node|dll|so[.\d]*|dylib)$/.test(file)),
  );
  const sharpBinary = sharpFiles.find((file) => file.endsWith('.node'));
  const turbo = '@cornerstonejs/codec-libjpeg-turbo-8bit';
  const duckdb = join(modules, '@duckdb', `node-bindings-${platform}`);
  return [
    {
      name: 'onnxruntime',
      package: 'onnxruntime-node',
      loader: /onnxruntime-node[\\/]dist[\\/]binding\.js$/,
      rewrite: (text) =>
        text.replace(/require\(`\.\.\/bin\/[^`]*`\)/, "require('./onnxruntime/onnxruntime_binding.node')"),
      files: listed(onnx),
    },
    {
      name: 'koffi',
      package: 'koffi',
      loader: /koffi[\\/]src[\\/]koffi[\\/]src[\\/]static\.cjs$/,
      rewrite: () => "exports.loadStatic = () => require('./koffi/koffi.node');",
      files: listed(koffi),
    },
    {
      name: 'sharp',
      package: 'sharp',
      loader: /sharp[\\/]dist[\\/]sharp\.cjs$/,
      rewrite: () => `module.exports = require('./sharp/${sharp}/lib/${basename(sharpBinary ?? '')}');`,
      files: sharpFiles,
      // libvips is looked for in a folder beside that of the binary.
      base: join(modules, '@img'),
    },
    {
      name: 'duckdb',
      package: '@duckdb/node-api',
      loader: /node-bindings[\\/]duckdb\.js$/,
      rewrite: () => "module.exports = require('./duckdb/duckdb.node');",
      files: listed(duckdb).filter((file) => /\.(node|so|dylib|dll)$/.test(file)),
    },
    {
      // WebAssembly inside its JavaScript: four megabytes that only programs with a `.keras` file load.
      name: 'h5wasm',
      package: 'h5wasm',
      entry: "export * from 'h5wasm/node';",
      files: [],
    },
    {
      // WebAssembly in a file, which it looks for beside itself.
      name: 'jpeg',
      package: turbo,
      entry: `module.exports = () => require('${turbo}/decodewasmjs')({ locateFile: (name) => require('node:path').join(__dirname, 'jpeg', name) });`,
      files: [join(modules, turbo, 'dist', 'libjpegturbowasm_decode.wasm')],
    },
  ];
}

function listed(folder) {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/**
 * @param {typeof import('esbuild')} esbuild
 * @returns {Promise<string[]>} one line for each package that has no binary for this platform
 */
export async function copyNative(esbuild) {
  const mark = join(native, '.built');
  const all = recipes();
  const versions = all.map((recipe) => readFileSync(join(modules, recipe.package, 'package.json'), 'utf8'));
  const wanted = hashOf({
    texts: [platform, ...versions, String(all.map((recipe) => [recipe.rewrite, recipe.entry, recipe.files]))],
  });
  if (isStamped(mark, wanted)) return [];
  rmSync(native, { recursive: true, force: true });
  const lines = [];
  for (const recipe of all) {
    if (recipe.loader !== undefined && recipe.files.length === 0)
      lines.push(`${recipe.package} has no binary for ${platform}: what needs it is not offered here`);
    else await copyOne(esbuild, recipe);
  }
  stamp(mark, wanted);
  return lines;
}

async function copyOne(esbuild, recipe) {
  const folder = join(native, recipe.name);
  mkdirSync(folder, { recursive: true });
  for (const file of recipe.files) {
    const copy = join(folder, recipe.base === undefined ? basename(file) : relative(recipe.base, file));
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
    chmodSync(copy, 0o755);
  }
  let rewritten = false;
  const loader = {
    name: 'binary beside the bundle',
    setup(build) {
      build.onResolve({ filter: /\.node$/ }, ({ path }) => ({ path, external: true }));
      if (recipe.loader === undefined) return;
      build.onLoad({ filter: recipe.loader }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const contents = recipe.rewrite(text);
        rewritten = contents !== text;
        return { contents, loader: 'js' };
      });
    },
  };
  await esbuild.build({
    // As a `require`, which both packages answer with their CommonJS form.
    stdin: {
      contents: recipe.entry ?? `module.exports = require('${recipe.package}');`,
      resolveDir: join(modules, '..'),
      loader: 'js',
    },
    outfile: join(native, `${recipe.name}.js`),
    absWorkingDir: join(modules, '..'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    legalComments: 'eof',
    logLevel: 'warning',
    // A module that asks where it is, as CommonJS.
    ...(recipe.entry === undefined
      ? {}
      : {
          define: { 'import.meta.url': 'ownUrl' },
          banner: { js: "const ownUrl = require('node:url').pathToFileURL(__filename).href;" },
        }),
    plugins: [loader],
  });
  if (recipe.loader !== undefined && !rewritten)
    throw new Error(
      `${recipe.package}: the line that loads its binary was not found; scripts/lib/native.mjs must learn the new one`,
    );
}
