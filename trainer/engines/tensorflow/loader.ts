/** From what was found to a TensorFlow in this process. There is one a process: the second loader would bring another. */
import type { Loader } from './find.ts';
import { openLibrary } from './library.ts';
import { openPackage } from './package.ts';
import type { Runtime, Threads } from './saved-model.ts';

export function openLoader(loader: Loader, threads: Threads): Promise<Runtime> {
  // Its lines of information, several for each graph, would bury what matters in the log.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '1';
  switch (loader.kind) {
    case 'package':
      return openPackage(loader, threads);
    case 'library':
      return openLibrary(loader.files, threads);
  }
}
