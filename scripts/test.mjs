/**
 * `npm test [-- FILTER]`: installs, builds, checks, runs the unit and engine tests, then the suites in a real VS Code, in
 * development and against the packaged extension. FILTER is a part of a test file's path, or
 * `vscode[-development|-installed][:PART OF A TITLE]`.
 * The last line counts; each skipped test says why.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { modules, out, root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { say, seconds } from './lib/say.mjs';

const filter = process.argv[2];
const vscodeOnly = /^vscode(?<which>-development|-installed)?(?::(?<title>.*))?$/.exec(filter ?? '')?.groups;
const totals = { passed: 0, failed: 0, skipped: 0 };
const notes = [];

await install();
// Only now: these use packages.
const { build } = await import('./build.mjs');
const { check } = await import('./check.mjs');

await part('build', async () => {
  await build();
  return { passed: 1 };
});
if (filter === undefined || vscodeOnly !== undefined) await browser();
if (filter === undefined) await part('check', check);
if (vscodeOnly === undefined) await part('unit tests', units);
if (filter === undefined || vscodeOnly !== undefined) {
  const { runInVSCode } = await import('../test/vscode/runner.mjs');
  const { which, title: grep } = vscodeOnly ?? {};
  if (which !== '-installed') await part('VS Code, development folder', () => runInVSCode({ installed: false, grep }));
  if (which !== '-development') await part('VS Code, packaged extension', () => runInVSCode({ installed: true, grep }));
}

for (const note of notes) say(note);
say(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);

/** Runs one part; what it throws is a failure with its words, and the next part still runs. */
async function part(name, work) {
  const from = performance.now();
  say(`\n== ${name}`);
  const counts = await work().catch((error) => ({ failed: 1, notes: [`${name}: ${error.message}`] }));
  for (const key of ['passed', 'failed', 'skipped']) totals[key] += counts[key] ?? 0;
  notes.push(...(counts.notes ?? []));
  say(
    `== ${name}: ${counts.passed ?? 0} passed, ${counts.failed ?? 0} failed, ${counts.skipped ?? 0} skipped (${seconds(from)})`,
  );
}

/** The server's packages bring a Chromium, which the panel's unit tests look through as well. */
async function browser() {
  const { installServer, serverWorksHere } = await import('../test/vscode/server/install.mjs');
  if (!serverWorksHere) return;
  await installServer().catch((error) => notes.push(`failed: VS Code server: ${error.message}`));
}

async function units() {
  const report = join(out, 'unit.json');
  rmSync(report, { force: true });
  const args = [
    join(modules, 'vitest', 'vitest.mjs'),
    'run',
    '--passWithNoTests',
    ...(filter === undefined ? [] : [filter]),
  ];
  const done = await run(process.execPath, args, {
    cwd: root,
    env: { ...process.env, MODELWRIGHT_TEST_REPORT: report },
  });
  if (!existsSync(report))
    return { failed: 1, notes: [`unit tests: vitest ended with ${done.code} and without a report`] };
  const { skips, ...counts } = JSON.parse(readFileSync(report, 'utf8'));
  const unsaid = done.code !== 0 && counts.failed === 0 ? [`unit tests: vitest ended with ${done.code}`] : [];
  return {
    ...counts,
    failed: counts.failed + unsaid.length,
    notes: [...skips.map((skip) => `skipped: ${skip}`), ...unsaid],
  };
}
