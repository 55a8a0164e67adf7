/**
 * Installs a TensorFlow for this user: takes one that is there, else fetches its libraries; places the native part; proves
 * all of it in another process. What is not proven is not left behind.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoctorEngine, InstallReport } from '../../protocol/index.ts';
import { defaultPlaces, findTensorFlow, libraryIn, type SearchPlaces } from '../engines/tensorflow/index.ts';
import { Failure } from '../failure.ts';
import { type FetchDeps, fetchRuntime } from './fetch-runtime.ts';
import { type Environment, installedRuntimes, type RuntimeRecord, recordName, runtimesFolder } from './folders.ts';
import { compiledPart, compileNativePart, nativePart, shippedPackage } from './native-part.ts';
import { packageSources } from './pip-config.ts';

export interface InstallRequest {
  readonly gpu: boolean;
  /** Fetches even where a TensorFlow was found. */
  readonly fetch: boolean;
  /** A folder with wheels, or with the libraries themselves. */
  readonly from: string | undefined;
}

export interface InstallDeps extends Omit<FetchDeps, 'sources'> {
  readonly env: Environment;
  readonly places?: SearchPlaces;
  /** Tries an engine in another process with these variables beside the usual ones. */
  readonly prove: (
    engine: 'onnx' | 'tensorflow',
    device: 'cpu' | 'gpu',
    env: Readonly<Record<string, string>>,
  ) => Promise<DoctorEngine>;
}

export async function installTensorFlow(request: InstallRequest, deps: InstallDeps): Promise<InstallReport> {
  if (!request.fetch && request.from === undefined) {
    const present = await takePresent(request, deps);
    if (present) return present;
  }
  const parent = runtimesFolder(deps.env);
  mkdirSync(parent, { recursive: true });
  const unlock = lock(join(parent, '.lock'));
  const work = join(parent, '.work');
  const downloads = join(parent, '.downloads');
  try {
    rmSync(work, { recursive: true, force: true });
    const record = await fill(work, downloads, request, deps);
    const libraries = join(work, 'tensorflow');
    const lines = [`TensorFlow ${record.version} taken from ${record.from.join(', ')}`];
    lines.push(await placeNativePart(libraries, deps));
    deps.progress('Trying it', 0, undefined);
    const proof = await prove(request.gpu, { MODELWRIGHT_LIBTENSORFLOW: libraries }, deps);
    deps.signal.throwIfAborted();
    writeFileSync(join(work, recordName), `${JSON.stringify(record, undefined, 2)}\n`);
    const folder = join(parent, `${record.version || 'unknown'}-${record.gpu ? 'gpu' : 'cpu'}`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
    rmSync(downloads, { recursive: true, force: true });
    return { folder, version: record.version, fetched: true, bytes: record.bytes, lines: [...lines, ...proof] };
  } catch (error) {
    // What was cancelled leaves nothing; what broke keeps its downloads, for the next try to go on with.
    const kept = existsSync(downloads) && readdirSync(downloads).length > 0;
    if (deps.signal.aborted || !kept) rmSync(downloads, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
    unlock();
  }
}

/** Uses a TensorFlow that is there already, where it does what is asked. */
async function takePresent(request: InstallRequest, deps: InstallDeps): Promise<InstallReport | undefined> {
  const places = deps.places ?? { ...defaultPlaces(), env: deps.env };
  const { loaders } = await findTensorFlow(places);
  const library = loaders.flatMap((loader) =>
    loader.kind === 'library' ? [loader.files.main] : (loader.library?.main ?? []),
  )[0];
  if (library === undefined) return undefined;
  const lines = [`${library} is there; nothing was fetched`, await placeNativePart(join(library, '..'), deps)];
  const answers = await trials(request.gpu, {}, deps);
  if (answers.some((answer) => !answer.usable)) return undefined;
  return {
    folder: join(library, '..'),
    version: '',
    fetched: false,
    bytes: 0,
    lines: [...lines, ...answers.map(told), ...(await speed(answers, deps))],
  };
}

/** The libraries into the folder of work, by the way that was asked for. */
async function fill(
  work: string,
  downloads: string,
  { gpu, from }: InstallRequest,
  deps: InstallDeps,
): Promise<RuntimeRecord> {
  if (from === undefined) {
    return { ...(await fetchRuntime(work, downloads, gpu, { ...deps, sources: packageSources(deps.env) })), gpu };
  }
  if (!existsSync(from)) throw new Failure('train/install', `The folder ${from} (--from) does not exist.`);
  const own = [from, join(from, 'lib'), join(from, 'tensorflow')].find((folder) => libraryIn(folder) !== undefined);
  if (own !== undefined) return copyLibraries(own, from, work, gpu);
  const sources = { indexes: [], links: [from] };
  return { ...(await fetchRuntime(work, downloads, gpu, { ...deps, sources })), gpu };
}

/** Libraries that somebody unpacked, with the headers beside them. */
function copyLibraries(folder: string, from: string, work: string, gpu: boolean): RuntimeRecord {
  const target = join(work, 'tensorflow');
  mkdirSync(target, { recursive: true });
  const names = readdirSync(folder).filter((name) => /^(lib)?tensorflow.*(\.so[.\d]*|\.dylib|\.dll)$/.test(name));
  // What a link points to is copied, so that the copy stays when the folder goes.
  for (const name of names) cpSync(join(folder, name), join(target, name), { dereference: true });
  const headers = [join(folder, 'include'), join(folder, '..', 'include')].find((each) =>
    existsSync(join(each, 'tensorflow', 'c')),
  );
  if (headers !== undefined) cpSync(headers, join(target, 'include'), { recursive: true, dereference: true });
  return { version: '', gpu, from: [from], bytes: 0 };
}

/** Says what the package's native part is, and compiles it where it is missing. */
async function placeNativePart(libraries: string, { env, places, signal }: InstallDeps): Promise<string> {
  const shipped = shippedPackage((places ?? defaultPlaces()).folders);
  if (shipped === undefined) return 'The npm package does not come with this program: TensorFlow is used by its C API';
  if (nativePart(shipped, env) !== undefined) return 'The native part of tfjs-node-gpu is there';
  const compiled = await compileNativePart(shipped, libraries, env, signal);
  return compiled.ok ? `The native part was compiled: ${compiled.file}` : `${compiled.reason}. ${compiled.cure}`;
}

/** The lines of the proof; throws where the steps do not come out right. */
async function prove(
  gpu: boolean,
  env: Readonly<Record<string, string>>,
  deps: InstallDeps,
): Promise<readonly string[]> {
  const answers = await trials(gpu, env, deps);
  const failed = answers.find((answer) => !answer.usable);
  if (failed === undefined) return [...answers.map(told), ...(await speed(answers, deps))];
  throw new Failure(
    'train/install',
    `TensorFlow was fetched whole, but it does not work on the ${failed.device.toUpperCase()} here: ${failed.reason}. It was removed again. ${failed.cure}`,
  );
}

async function trials(
  gpu: boolean,
  env: Readonly<Record<string, string>>,
  deps: InstallDeps,
): Promise<readonly DoctorEngine[]> {
  const { prove: ask } = deps;
  const first = await ask('tensorflow', 'cpu', env);
  const cpu = (await compiledAnew(first, env, deps)) ? await ask('tensorflow', 'cpu', env) : first;
  return gpu ? [cpu, await ask('tensorflow', 'gpu', env)] : [cpu];
}

/** Where the native part that came along was not loaded, which an older system refuses, one is compiled here. */
async function compiledAnew(
  { usable, loader }: DoctorEngine,
  env: Readonly<Record<string, string>>,
  { env: own, places, signal }: InstallDeps,
): Promise<boolean> {
  const shipped = shippedPackage((places ?? defaultPlaces()).folders);
  const libraries = env.MODELWRIGHT_LIBTENSORFLOW;
  if (!usable || loader !== 'library' || shipped === undefined || libraries === undefined) return false;
  if (existsSync(compiledPart(own))) return false;
  return (await compileNativePart(shipped, libraries, own, signal)).ok;
}

/** How fast it is beside the default engine. */
async function speed(answers: readonly DoctorEngine[], { prove: ask }: InstallDeps): Promise<readonly string[]> {
  const { ms: usual } = await ask('onnx', 'cpu', {});
  return answers.flatMap(({ device, ms }) => {
    if (ms === undefined || usual === undefined) return [];
    const ratio = (usual / ms).toPrecision(2);
    return [
      `Speed on the ${device.toUpperCase()}: ${ms.toPrecision(3)} ms a step of a small network, ${ratio} times as fast as the default engine (one thread)`,
    ];
  });
}

function told({ title, reason }: DoctorEngine): string {
  return `${title}: ${reason}`;
}

/** Removes everything that an installation has placed; answers the lines of what was removed. */
export function uninstallTensorFlow(env: Environment): readonly string[] {
  const lines = installedRuntimes(env).map(
    ({ folder, record }) => `TensorFlow ${record.version} in ${folder} was removed`,
  );
  const unlock = lock(join(ensured(runtimesFolder(env)), '.lock'));
  rmSync(runtimesFolder(env), { recursive: true, force: true });
  const part = compiledPart(env);
  if (existsSync(part)) lines.push(`${part} was removed`);
  rmSync(join(part, '..', '..'), { recursive: true, force: true });
  unlock();
  return lines;
}

function ensured(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Two installations at once would write over each other. A lock of a process that is gone counts no more. */
function lock(file: string): () => void {
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const owner = Number(readFileSync(file, 'utf8'));
      if (isAlive(owner)) {
        throw new Failure(
          'train/install',
          `Process ${owner} is installing TensorFlow right now. Wait until it is done, or cancel it.`,
        );
      }
      rmSync(file, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
