/** Installing TensorFlow from a made-up index: what is fetched, and what is left after each way in which it can fail. */
import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DoctorEngine } from '../../../protocol/index.ts';
import { installedRuntimes } from '../../../trainer/runtime/folders.ts';
import { type InstallDeps, installTensorFlow, uninstallTensorFlow } from '../../../trainer/runtime/install.ts';
import { type Answer, bytes, honest, type Index, type Served, serve, wheel } from './wheels.ts';

let root = '';
let index: Index | undefined;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'modelwright-install-'));
});
afterEach(async () => {
  await index?.close();
  index = undefined;
  rmSync(root, { recursive: true, force: true });
});

const tag = 'cp311-cp311-manylinux_2_17_x86_64';
const library = bytes(300_000, 1);
const content = {
  'tensorflow/libtensorflow_cc.so.2': library,
  'tensorflow/libtensorflow_framework.so.2': bytes(5000, 2),
  'tensorflow/include/tensorflow/c/c_api.h': '// C API\n',
  'tensorflow/python/big.so': bytes(100, 3),
};
const metadata = (version: string) => ({
  [`tensorflow_cpu-${version}.dist-info/METADATA`]: `Name: tensorflow_cpu\nVersion: ${version}\n`,
});
const cpuWheel = (version = '2.99.0', wrong: readonly string[] = []): Served => ({
  file: `tensorflow_cpu-${version}-${tag}.whl`,
  data: wheel('tensorflow_cpu', version, { ...content, ...metadata(version) }, wrong),
});

const usable: DoctorEngine = {
  id: 'tensorflow',
  device: 'cpu',
  loader: 'library',
  title: 'TensorFlow 2.99.0, CPU',
  usable: true,
  reason: 'two steps of known result came out right',
  cure: '',
  ms: 2,
};

function deps(more: Partial<InstallDeps> = {}): InstallDeps & { readonly said: string[]; readonly tried: string[] } {
  const said: string[] = [];
  const tried: string[] = [];
  return {
    env: {
      MODELWRIGHT_HOME: root,
      MODELWRIGHT_PACKAGE_INDEX: index?.address ?? 'http://127.0.0.1:1/simple',
      PATH: root,
    },
    machine: { platform: 'linux', arch: 'x64', glibc: '2.36' },
    places: { env: { PATH: root, MODELWRIGHT_HOME: root }, folders: [join(root, 'program')] },
    fetch,
    signal: new AbortController().signal,
    wait: async () => undefined,
    progress: (text) => void said.push(text),
    async prove(engine, device, env) {
      const where = env.MODELWRIGHT_LIBTENSORFLOW;
      tried.push(`${engine} ${device} ${where !== undefined && existsSync(join(where, 'libtensorflow_cc.so.2'))}`);
      return engine === 'onnx' ? { ...usable, id: 'onnx', ms: 3 } : { ...usable, device };
    },
    said,
    tried,
    ...more,
  };
}
const plain = { gpu: false, fetch: true, from: undefined };
const left = () => (existsSync(join(root, 'runtimes')) ? readdirSync(join(root, 'runtimes')) : []);

/** Tells how many bytes of a download have arrived on disk. */
const arrivals = new EventEmitter();
const arriving = (text: string, done: number): void => {
  if (text.startsWith('Fetching')) arrivals.emit('arrived', done);
};

/** Sends so many bytes of the first answers and, when they have arrived, breaks the connection. */
const cutting =
  (counts: readonly number[]): Answer =>
  (request, response, served, times) => {
    const count = counts[times];
    if (count === undefined) return honest(request, response, served, times);
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const headers = { etag: '"one"', 'content-length': served.data.length - from };
    response.writeHead(from === 0 ? 200 : 206, headers);
    const heard = (done: number): void => {
      if (done < from + count) return;
      arrivals.off('arrived', heard);
      response.destroy();
    };
    if (count === 0) return void response.destroy();
    arrivals.on('arrived', heard);
    response.write(served.data.subarray(from, from + count));
  };

test.each([{ page: false }, { page: true }])(
  'the newest wheel that fits is taken, and of it the libraries ($page)',
  async ({ page }) => {
    const others = ['3.0.0', '2.98.0', '2.100.0rc1'].map((version) => cpuWheel(version));
    const mac = { ...cpuWheel('2.99.1'), file: 'tensorflow_cpu-2.99.1-cp311-cp311-macosx_12_0_arm64.whl' };
    index = await serve({ 'tensorflow-cpu': [...others, mac, cpuWheel()] }, { page });
    const asked = deps();
    const report = await installTensorFlow(plain, asked);
    expect(report).toMatchObject({ version: '2.99.0', fetched: true, folder: join(root, 'runtimes', '2.99.0-cpu') });
    expect(readFileSync(join(report.folder, 'tensorflow', 'libtensorflow_cc.so.2')).equals(library)).toBe(true);
    expect(existsSync(join(report.folder, 'tensorflow', 'python'))).toBe(false);
    expect(left()).toEqual(['2.99.0-cpu']);
    expect(asked.tried).toEqual(['tensorflow cpu true', 'onnx cpu false']);
    expect(report.lines.join('\n')).toContain('1.5 times as fast as the default engine');
    expect(installedRuntimes({ MODELWRIGHT_HOME: root })[0]?.record).toMatchObject({ version: '2.99.0', gpu: false });
    expect(asked.said[0]).toBe(`Fetching ${cpuWheel().file}`);
  },
);

test('what is there already is used, and nothing is fetched', async () => {
  const folder = join(root, 'own');
  mkdirSync(folder);
  writeFileSync(join(folder, 'libtensorflow_cc.so.2'), '');
  const places = { env: { PATH: root, MODELWRIGHT_LIBTENSORFLOW: folder }, folders: [root] };
  const report = await installTensorFlow({ ...plain, fetch: false }, deps({ places }));
  expect(report).toMatchObject({ fetched: false, folder });
  expect(left()).toEqual([]);
});

test('a connection that breaks twice is taken up where it broke', async () => {
  index = await serve({ 'tensorflow-cpu': [cpuWheel()] }, { answer: cutting([100_000, 50_000]) });
  const report = await installTensorFlow(plain, deps({ progress: arriving }));
  expect(readFileSync(join(report.folder, 'tensorflow', 'libtensorflow_cc.so.2')).equals(library)).toBe(true);
  const ranges = index.asked.filter((line) => line.includes('bytes=')).map((line) => Number(/=(\d+)-/.exec(line)?.[1]));
  expect(ranges).toEqual([100_000, 150_000]);
});

test('an installation that broke off goes on at the next try', async () => {
  index = await serve({ 'tensorflow-cpu': [cpuWheel()] }, { answer: cutting([100_000, 0, 0, 0, 0]) });
  await expect(installTensorFlow(plain, deps({ progress: arriving }))).rejects.toThrow(
    /could not be fetched.*--from=FOLDER/s,
  );
  expect(left()).toEqual(['.downloads']);
  await installTensorFlow(plain, deps());
  expect(index.asked.at(-1)).toMatch(/bytes=100000-$/);
  expect(left()).toEqual(['2.99.0-cpu']);
});

test('a wheel with another checksum is not used and not kept', async () => {
  index = await serve({ 'tensorflow-cpu': [{ ...cpuWheel(), sha256: 'ab'.repeat(32) }] });
  await expect(installTensorFlow(plain, deps())).rejects.toThrow(
    /checksum sha256 [0-9a-f]{64}, but the index promises abab/,
  );
  expect(left()).toEqual([]);
});

test('a wheel that is shorter than promised is not used', async () => {
  const whole = cpuWheel();
  const short: Answer = (request, response, served, times) =>
    honest(request, response, { ...served, data: served.data.subarray(0, 1000) }, times);
  index = await serve({ 'tensorflow-cpu': [whole] }, { answer: short });
  await expect(installTensorFlow(plain, deps())).rejects.toThrow(/checksum/);
});

test('a member that is not what RECORD says is refused', async () => {
  index = await serve({ 'tensorflow-cpu': [cpuWheel('2.99.0', ['tensorflow/libtensorflow_cc.so.2'])] });
  await expect(installTensorFlow(plain, deps())).rejects.toThrow(/RECORD says .*the wheel is damaged/);
  expect(left()).not.toContain('2.99.0-cpu');
});

test('cancelling leaves nothing', async () => {
  const cancelled = new AbortController();
  index = await serve({ 'tensorflow-cpu': [cpuWheel()] });
  const progress = (text: string, done: number): void => {
    if (text.startsWith('Fetching') && done > 0) cancelled.abort();
  };
  await expect(installTensorFlow(plain, deps({ signal: cancelled.signal, progress }))).rejects.toThrow();
  expect(left()).toEqual([]);
});

test('cancelling while it is unpacked leaves nothing', async () => {
  const cancelled = new AbortController();
  index = await serve({ 'tensorflow-cpu': [cpuWheel()] });
  const progress = (text: string): void => {
    if (text.startsWith('Unpacking')) cancelled.abort();
  };
  await expect(installTensorFlow(plain, deps({ signal: cancelled.signal, progress }))).rejects.toThrow();
  expect(left()).toEqual([]);
});

test('what does not train is removed again', async () => {
  index = await serve({ 'tensorflow-cpu': [cpuWheel()] });
  const prove = async (): Promise<DoctorEngine> => ({
    ...usable,
    usable: false,
    reason: 'it crashed',
    cure: 'Get a newer system.',
  });
  await expect(installTensorFlow(plain, deps({ prove }))).rejects.toThrow(
    /does not work on the CPU here: it crashed.*Get a newer system/s,
  );
  expect(left()).not.toContain('2.99.0-cpu');
});

test('for a GPU the CUDA libraries come along, in the versions that the wheel asks for', async () => {
  const cuda = (version: string): Served => ({
    file: `nvidia_cudnn_cu12-${version}-py3-none-manylinux_2_27_x86_64.whl`,
    data: wheel('nvidia_cudnn_cu12', version, {
      'nvidia/cudnn/lib/libcudnn.so.9': version,
      'nvidia/cudnn/include/x.h': '',
    }),
  });
  const about = 'Requires-Dist: numpy\nRequires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"\n';
  const files = { ...content, 'tensorflow-2.99.0.dist-info/METADATA': about };
  const main = { file: `tensorflow-2.99.0-${tag}.whl`, data: wheel('tensorflow', '2.99.0', files) };
  index = await serve({ tensorflow: [main], 'nvidia-cudnn-cu12': [cuda('10.1.0'), cuda('9.1.0'), cuda('9.5.0')] });
  const asked = deps();
  const report = await installTensorFlow({ ...plain, gpu: true }, asked);
  expect(readFileSync(join(report.folder, 'nvidia', 'cudnn', 'lib', 'libcudnn.so.9'), 'utf8')).toBe('9.5.0');
  expect(existsSync(join(report.folder, 'nvidia', 'cudnn', 'include'))).toBe(false);
  expect(asked.tried).toEqual(['tensorflow cpu true', 'tensorflow gpu true', 'onnx cpu false']);
  expect(report.folder).toBe(join(root, 'runtimes', '2.99.0-gpu'));
});

test('a folder of wheels, and a folder of libraries, serve as well as an index', async () => {
  const wheels = join(root, 'wheels');
  mkdirSync(wheels);
  writeFileSync(join(wheels, cpuWheel().file), cpuWheel().data);
  const first = await installTensorFlow({ ...plain, from: wheels }, deps());
  expect(first.version).toBe('2.99.0');
  expect(existsSync(join(wheels, cpuWheel().file))).toBe(true);
  const libraries = join(root, 'unpacked', 'lib');
  mkdirSync(libraries, { recursive: true });
  writeFileSync(join(libraries, 'libtensorflow.so.2'), 'all');
  const second = await installTensorFlow({ ...plain, from: dirname(libraries) }, deps());
  expect(readFileSync(join(second.folder, 'tensorflow', 'libtensorflow.so.2'), 'utf8')).toBe('all');
});

test('where nothing is offered, every place that was asked is told', async () => {
  index = await serve({});
  await expect(installTensorFlow(plain, deps())).rejects.toThrow(
    /No wheel of tensorflow-cpu or tensorflow .* linux x64 with glibc 2\.36.*does not have it/,
  );
  const musl = { platform: 'linux', arch: 'x64', glibc: undefined };
  await expect(installTensorFlow(plain, deps({ machine: musl }))).rejects.toThrow(/GNU C library/);
  expect(left()).toEqual([]);
});

test('a lock of a living process is respected, one of a dead process is not', async () => {
  index = await serve({ 'tensorflow-cpu': [cpuWheel()] });
  mkdirSync(join(root, 'runtimes'));
  writeFileSync(join(root, 'runtimes', '.lock'), String(process.pid));
  await expect(installTensorFlow(plain, deps())).rejects.toThrow(`Process ${process.pid} is installing`);
  writeFileSync(join(root, 'runtimes', '.lock'), '999999999');
  await installTensorFlow(plain, deps());
  expect(uninstallTensorFlow({ MODELWRIGHT_HOME: root })).toEqual([
    `TensorFlow 2.99.0 in ${join(root, 'runtimes', '2.99.0-cpu')} was removed`,
  ]);
  expect(existsSync(join(root, 'runtimes'))).toBe(false);
});
