/** `npm run check`: types of each room, lint and format, import locks. One line a failure's place; exit code 1 if any. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { modules, root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { say, seconds } from './lib/say.mjs';

/** @returns {Promise<{passed: number, failed: number}>} checks, not problems */
export async function check() {
  const from = performance.now();
  const rooms = readdirSync(root).filter((name) => existsSync(join(root, name, 'tsconfig.json')));
  const checks = [
    ...[...rooms, 'test/vscode'].map((room) => ({
      name: `types of ${room}`,
      args: [join(modules, 'typescript', 'bin', 'tsc'), '-p', room],
    })),
    {
      name: 'lint and format',
      args: [
        join(modules, '@biomejs', 'biome', 'bin', 'biome'),
        'check',
        '--error-on-warnings',
        '--diagnostic-level=warn',
        '--max-diagnostics=200',
        '.',
      ],
    },
  ];
  const results = await inTurns(checks, 2, async ({ name, args }) => {
    const done = await run(process.execPath, args, { cwd: root, capture: true });
    if (done.code !== 0) say(`check: ${name}\n${done.out.trim()}`);
    return done.code === 0;
  });
  const failed = results.filter((good) => !good).length;
  say(`check: ${results.length - failed} of ${results.length} good (${seconds(from)})`);
  return { passed: results.length - failed, failed };
}

/** Does all, `width` at a time. */
async function inTurns(items, width, work) {
  const results = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at]);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const locks = await run(process.execPath, [join(modules, 'vitest', 'vitest.mjs'), 'run', 'test/architecture'], {
    cwd: root,
    capture: true,
  });
  if (locks.code !== 0) say(locks.out.trim());
  const { failed } = await check();
  process.exitCode = failed > 0 || locks.code !== 0 ? 1 : 0;
}
