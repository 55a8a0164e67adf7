/**
 * The native part of `@tensorflow/tfjs-node-gpu` that comes with Modelwright. It is linked without TensorFlow, so that one
 * file serves every libtensorflow; where the one that was built with Modelwright is missing or does not fit this system, it is
 * compiled here from the C++ that lies beside it.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { dataFolder, type Environment } from './folders.ts';

const fileName = 'tfjs_binding.node';

/** The package as Modelwright ships it, beside the trainer's program. */
export function shippedPackage(folders: readonly string[]): string | undefined {
  return folders
    .flatMap((folder) => [join(folder, 'native', 'tfjs-node-gpu'), join(folder, 'dist', 'native', 'tfjs-node-gpu')])
    .find((folder) => existsSync(join(folder, 'index.js')));
}

/** The native part to load: one that was compiled here, because the shipped one did not fit, comes first. */
export function nativePart(shipped: string, env: Environment = process.env): string | undefined {
  return [compiledPart(env), join(shipped, fileName)].find((file) => existsSync(file));
}

export function compiledPart(env: Environment = process.env): string {
  return join(dataFolder(env), 'native-part', `${process.platform}-${process.arch}`, fileName);
}

export type Compiled =
  | { readonly ok: true; readonly file: string }
  | { readonly ok: false; readonly reason: string; readonly cure: string };

/** Compiles the native part against the headers of a TensorFlow (the folder that holds its libraries). */
export async function compileNativePart(
  shipped: string,
  libraries: string,
  env: Environment = process.env,
  signal?: AbortSignal,
): Promise<Compiled> {
  const headers = headersOf(libraries);
  if (headers === undefined) {
    return {
      ok: false,
      reason: `${libraries} has no headers (include/tensorflow/c/c_api.h) to compile the native part with`,
      cure: 'Nothing needs to be done: TensorFlow is used by its C API.',
    };
  }
  const file = compiledPart(env);
  const made = `${file}.new`;
  mkdirSync(dirname(file), { recursive: true });
  const compilers = [env.CXX ?? '', 'c++', 'g++', 'clang++'].filter((name) => name !== '');
  const failures: string[] = [];
  for (const compiler of compilers) {
    try {
      await promisify(execFile)(compiler, argumentsOf(shipped, headers, made), { timeout: 300_000, signal });
      renameSync(made, file);
      return { ok: true, file };
    } catch (error) {
      rmSync(made, { force: true });
      signal?.throwIfAborted();
      failures.push(`${compiler}: ${shortly(error)}`);
    }
  }
  return {
    ok: false,
    reason: `the native part could not be compiled (${failures.join('; ')})`,
    cure: 'Nothing needs to be done: TensorFlow is used by its C API. With a C++ compiler (Debian: apt-get install g++; macOS: xcode-select --install) the package can be used too.',
  };
}

function headersOf(libraries: string): string | undefined {
  return [join(libraries, 'include'), join(libraries, '..', 'include')].find((folder) =>
    existsSync(join(folder, 'tensorflow', 'c', 'c_api.h')),
  );
}

function argumentsOf(shipped: string, headers: string, made: string): string[] {
  const unlinked = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : [];
  const flags = ['-shared', '-fPIC', '-O2', '-std=c++17', '-w', '-DNAPI_VERSION=8', ...unlinked];
  const folders = [headers, join(shipped, 'node-api'), shipped].map((folder) => `-I${folder}`);
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(shipped, 'binding', name));
  return [...flags, ...folders, ...sources, '-o', made];
}

function shortly(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT') return 'not there';
  const said = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : error.message;
  return (
    said
      .trim()
      .split('\n')
      .find((line) => line.includes('error')) ??
    error.message.split('\n')[0] ??
    ''
  );
}
