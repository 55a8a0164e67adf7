/**
 * Fetches MNIST for `examples/mnist`: `node scripts/fetch-mnist.mjs [FOLDER]`. The four files come from their usual mirrors
 * and are kept only where the checksum of what they unpack to is the published one. Files that are there already are
 * checked and left alone.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const mirrors = [
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
];

/** MD5 of the unpacked files, as published. */
const files = {
  'train-images-idx3-ubyte.gz': '6bbc9ace898e44ae57da46a324031adb',
  'train-labels-idx1-ubyte.gz': 'a25bea736e30d166cdddb491f175f624',
  't10k-images-idx3-ubyte.gz': '2646ac647ad5339dbf082846283269ea',
  't10k-labels-idx1-ubyte.gz': '27ae3e4e09519cfbb04c329615203637',
};

const folder = process.argv[2] ?? join(import.meta.dirname, '..', 'examples', 'mnist', 'mnist');
mkdirSync(folder, { recursive: true });
for (const [name, sum] of Object.entries(files)) await fetchOne(name, sum);

async function fetchOne(name, sum) {
  const path = join(folder, name);
  if (existsSync(path) && isRight(readFileSync(path), sum)) {
    console.log(`${name}: there`);
    return;
  }
  const failures = [];
  for (const mirror of mirrors) {
    try {
      const answer = await fetch(mirror + name, { signal: AbortSignal.timeout(120_000) });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (!isRight(bytes, sum)) throw new Error('the checksum of what came is not the published one');
      writeFileSync(`${path}.part`, bytes);
      renameSync(`${path}.part`, path);
      console.log(`${name}: ${bytes.length} bytes from ${new URL(mirror).host}`);
      return;
    } catch (error) {
      failures.push(`${new URL(mirror).host}: ${error.message}`);
    }
  }
  console.error(
    `${name} could not be fetched (${failures.join('; ')}).\n` +
      `Put it into ${folder} yourself, or set MODELWRIGHT_DATA to a folder that holds mnist/${name}.`,
  );
  process.exitCode = 1;
}

function isRight(bytes, sum) {
  try {
    return createHash('md5').update(gunzipSync(bytes)).digest('hex') === sum;
  } catch {
    return false;
  }
}
