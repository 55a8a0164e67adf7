/**
 * Fetches TensorFlow's libraries out of Python's wheels, without any Python, and lays them out as in the wheels: the
 * libraries look for each other by these relative places.
 */
import { rmSync } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../failure.ts';
import { shown } from '../net/address.ts';
import { type DownloadTroubles, download, verify } from '../net/download.ts';
import { type ChoiceDeps, chooseWheel } from './choose-wheel.ts';
import type { WheelFile } from './package-index.ts';
import { whyNoWheel } from './platform.ts';
import { requirementsOf } from './versions.ts';
import { type Member, openWheel, type Wheel } from './wheel.ts';

export interface FetchDeps extends ChoiceDeps {
  readonly progress: (text: string, done: number, total: number | undefined) => void;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export interface Fetched {
  readonly version: string;
  readonly from: readonly string[];
  readonly bytes: number;
}

/** Of TensorFlow's wheel: libraries, what a native part is compiled with, licences. */
const tensorflowMembers = [
  /^tensorflow\/libtensorflow(_cc|_framework)?(\.\d+)*\.(so(\.\d+)*|dylib)$/,
  /^tensorflow\/include\/(tensorflow\/c|xla\/tsl\/c|tsl\/c)\/.*\.h$/,
  /^tensorflow\/include\/(tensorflow\/core|tsl)\/platform\/ctstring\w*\.h$/,
];
/** Of NVIDIA's: libraries, and what compiles kernels. */
const nvidiaMembers = [/^nvidia\/.+\.(so(\.\d+)*|bc)$/, /^nvidia\/[^/]+\/bin\/ptxas$/];
const licences = /^[^/]+\.dist-info\/(licenses\/.*|LICEN[CS]E[^/]*|NOTICE[^/]*|METADATA)$/i;

/** About what it takes on disk while it is installed. */
const needed = { cpu: 1.3e9, gpu: 8e9 } as const;

/** Fills `work` with the libraries of the newest TensorFlow. Wheels lie in `downloads` only as long as they are needed. */
export async function fetchRuntime(work: string, downloads: string, gpu: boolean, deps: FetchDeps): Promise<Fetched> {
  const impossible = whyNoWheel(deps.machine);
  if (impossible !== undefined) throw new Failure('train/install', impossible);
  if (gpu && deps.machine.platform !== 'linux') {
    throw new Failure(
      'train/install',
      'TensorFlow uses a GPU on Linux with an NVIDIA card only. Here the default engine uses the GPU: `--engine onnx --device gpu`.',
    );
  }
  await mkdir(downloads, { recursive: true });
  await mkdir(work, { recursive: true });
  await checkSpace(work, gpu ? needed.gpu : needed.cpu);
  const first = await chooseWheel(gpu ? ['tensorflow'] : ['tensorflow-cpu', 'tensorflow'], '>=2.9,<3', deps);
  const taken = await take(first, work, downloads, tensorflowMembers, deps);
  if (!taken.paths.some((path) => /libtensorflow(_cc)?[.\d]*\.(so|dylib)/.test(path))) {
    throw new Failure(
      'train/install',
      `${first.file} holds no libtensorflow_cc; it holds the C library only since TensorFlow 2.13 or so. Nothing was installed.`,
    );
  }
  const from = [shown(first.url)];
  let { bytes } = taken;
  const wants = gpu ? requirementsOf(taken.metadata, 'and-cuda') : [];
  if (gpu && wants.length === 0) {
    throw new Failure('train/install', `${first.file} names no CUDA libraries that it needs. Nothing was installed.`);
  }
  for (const { name, conditions } of wants) {
    const wheel = await chooseWheel([name], conditions, deps);
    bytes += (await take(wheel, work, downloads, nvidiaMembers, deps)).bytes;
    from.push(shown(wheel.url));
  }
  return { version: first.version, from, bytes };
}

const troubles: DownloadTroubles = {
  unreachable: (address, reason) =>
    new Failure(
      'train/install',
      `${address} could not be fetched: ${reason}. Behind a proxy, fetch the wheel in another way (\`pip download --no-deps --dest FOLDER tensorflow-cpu\`) and give the folder: --from=FOLDER.`,
    ),
  otherSum: (name, found, promised) =>
    new Failure(
      'train/install',
      `${name} arrived with the checksum sha256 ${found}, but the index promises ${promised}. The file was damaged on its way or replaced; nothing of it was used. Try again; if it stays so, the index or a proxy between is to be mistrusted.`,
    ),
};

interface Taken {
  readonly bytes: number;
  readonly paths: readonly string[];
  readonly metadata: string;
}

async function take(
  wheel: WheelFile,
  work: string,
  downloads: string,
  patterns: readonly RegExp[],
  deps: FetchDeps,
): Promise<Taken> {
  const isHere = wheel.url.startsWith('file:');
  const file = isHere ? fileURLToPath(wheel.url) : join(downloads, wheel.file);
  const progress = (done: number, total: number | undefined) => deps.progress(`Fetching ${wheel.file}`, done, total);
  if (isHere) await verify(file, wheel.sha256, file, troubles);
  else await download({ url: wheel.url, sha256: wheel.sha256, file }, { ...deps, progress, troubles });
  const opened = await openWheel(file);
  try {
    const wanted = opened.members.filter(({ path }) => licences.test(path) || patterns.some((p) => p.test(path)));
    const bytes = await extractAll(opened, wanted, work, `Unpacking ${wheel.file}`, deps);
    const about = opened.members.find(({ path }) => /^[^/]+\.dist-info\/METADATA$/.test(path));
    const metadata = about === undefined ? '' : await opened.text(about);
    return { bytes, paths: wanted.map(({ path }) => path), metadata };
  } finally {
    opened.close();
    if (!isHere) rmSync(file, { force: true });
  }
}

async function extractAll(
  wheel: Wheel,
  members: readonly Member[],
  work: string,
  text: string,
  { signal, progress }: FetchDeps,
): Promise<number> {
  const total = members.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const member of members) {
    await wheel.extract(member, work, signal, (bytes) => {
      done += bytes;
      progress(text, done, total);
    });
  }
  return total;
}

async function checkSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const gigabytes = (count: number): string => `${(count / 1e9).toFixed(1)} GB`;
  throw new Failure(
    'train/install',
    `TensorFlow needs about ${gigabytes(bytes)} while it is installed, but ${folder} has ${gigabytes(free)} left. Free some space, or name another folder by the environment variable MODELWRIGHT_HOME.`,
  );
}
