/** Where fetched files lie: in the data folder where there is one, else in the user's cache, by the custom of the platform. */
import { homedir, platform } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder of files that programs name by `download(…)`; `dataFolder` is `MODELWRIGHT_DATA`. */
export function downloadFolder(dataFolder: string | undefined, env: Environment = process.env): string {
  const parent = dataFolder === undefined || dataFolder === '' ? cacheFolder(env) : dataFolder;
  return join(parent, 'downloads');
}

/** The user's folder for what can be had again. */
export function cacheFolder(env: Environment = process.env, system: string = platform()): string {
  const own = env.MODELWRIGHT_HOME;
  if (own !== undefined && own !== '') return join(own, 'cache');
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  if (system === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'modelwright', 'cache');
  if (system === 'darwin') return join(home, 'Library', 'Caches', 'modelwright');
  const cache = env.XDG_CACHE_HOME;
  return join(cache === undefined || cache === '' ? join(home, '.cache') : cache, 'modelwright');
}
