/** npm as the scripts call it. */
import { run } from './process.mjs';

/** `npm ci` in a folder: exactly its lock file, no install scripts. Throws with what npm wrote where it fails. */
export async function npmInstall(folder) {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const env = { ...process.env, npm_config_engine_strict: 'false' };
  // Set by the `npm test` or `npm start` that this runs inside of; they would point npm at the wrong folder.
  for (const name of Object.keys(env))
    if (/^npm_(package|lifecycle)_|^npm_config_(prefix|local_prefix)$/i.test(name)) delete env[name];
  const done = await run(command, [...first, ...args], { cwd: folder, env, capture: true });
  if (done.code !== 0) throw new Error(`npm ci in ${folder} ended with ${done.code}:\n${done.out.trim()}`);
}
