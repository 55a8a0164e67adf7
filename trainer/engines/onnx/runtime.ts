/** Loads ONNX Runtime when it is first needed, from the folder that the bundle ships or from the installed packages. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Runtime = typeof import('onnxruntime-node');

/** `folder` is where `node_modules/onnxruntime-node` (or `onnxruntime-node`'s own folder) can be resolved from. */
export function loadRuntime(folder: string | undefined): Runtime {
  const places = [folder, process.argv[1], join(process.cwd(), 'package.json')].filter((place) => place !== undefined);
  const failures: string[] = [];
  for (const place of places) {
    try {
      return createRequire(pathToFileURL(place === folder ? join(place, 'package.json') : place))(
        'onnxruntime-node',
      ) as Runtime;
    } catch (error) {
      failures.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
    }
  }
  throw new Error(
    `ONNX Runtime could not be loaded on ${process.platform} ${process.arch}: ${failures[0] ?? 'no place to look'}. ` +
      'Install the extension built for this platform, or run `npm ci` in a checkout.',
  );
}
