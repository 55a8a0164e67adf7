/** Where things lie in the project. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const dist = join(root, 'dist');
export const modules = join(root, 'node_modules');
export const out = join(root, 'test', '.out');
export const references = join(root, '.references');

/** The Python of the references, whether it is there or not. */
export const referencePython =
  process.platform === 'win32' ? join(references, 'Scripts', 'python.exe') : join(references, 'bin', 'python');
