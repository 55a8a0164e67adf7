/**
 * Starts VS Code for the suites. Inside: through @vscode/test-electron, which loads the suites into the extension host.
 * Outside: the same executable with the same arguments but no suites; they run in a process of their own and only look.
 */
import { createWriteStream, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { end, run, start } from '../../scripts/lib/process.mjs';

const limits = { start: 180_000, all: Number(process.env.MODELWRIGHT_VSCODE_LIMIT ?? 1800) * 1000 };

/** The arguments that both have in common. */
function launchArguments({ places, port, locale }) {
  return [
    ...(locale === undefined ? [] : [`--locale=${locale}`]),
    places.workspace,
    `--user-data-dir=${places.data}`,
    `--extensions-dir=${places.extensions}`,
    `--remote-debugging-port=${port}`,
    '--window-size=1440,900',
  ];
}

/** The variables by which the suites know where they are. */
function variables({ vscode, places, out, grep, installed, extension, port, kind }) {
  return {
    MODELWRIGHT_TEST_PORT: String(port),
    MODELWRIGHT_TEST_OUT: out,
    MODELWRIGHT_TEST_SUITES: `${kind}.cjs`,
    MODELWRIGHT_TEST_MODE: vscode.mode,
    MODELWRIGHT_TEST_INSTALLED: installed ? '1' : '',
    MODELWRIGHT_TEST_EXTENSION: extension,
    MODELWRIGHT_TEST_WORKSPACE: places.workspace,
    MODELWRIGHT_TEST_GREP: grep ?? '',
    MODELWRIGHT_VSCODE_LOG: join(out, 'window.log'),
    // Which engine is fastest depends on the machine.
    MODELWRIGHT_MEASURE: '0',
  };
}

/** Runs the suites of the extension host: those of `kind`, in the language `locale` where one is given. Gives the reason why that failed, or undefined. */
export async function launchInside(options) {
  const { runTests } = await import('@vscode/test-electron');
  const log = createWriteStream(join(options.out, 'vscode.log'));
  const port = await freePort();
  let reason;
  // test-electron passes SIGINT on to what it started: the only way to end it early.
  const others = process.listeners('SIGINT');
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => {
    reason ??= 'interrupted';
  });
  const interrupt = (why) => {
    reason ??= why;
    process.emit('SIGINT');
  };
  const started = setTimeout(() => {
    if (!existsSync(join(options.out, 'started'))) interrupt(`the suite did not start within ${limits.start / 1000} s`);
  }, limits.start);
  const all = setTimeout(() => interrupt(`the suite did not end within ${limits.all / 1000} s`), limits.all);
  try {
    await runTests({
      vscodeExecutablePath: options.vscode.path,
      extensionDevelopmentPath: options.development,
      extensionTestsPath: options.suites.host,
      launchArgs: launchArguments({ ...options, port }),
      extensionTestsEnv: variables({ ...options, port }),
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

/** Runs the suites that look from outside. Gives the reason why that failed, or undefined. */
export async function launchOutside(options) {
  const port = await freePort();
  const log = createWriteStream(join(options.out, 'vscode.log'));
  const env = { ...process.env, ...variables({ ...options, port }) };
  const args = [
    ...launchArguments({ ...options, port }),
    `--extensionDevelopmentPath=${options.development}`,
    '--disable-workspace-trust',
    '--no-sandbox',
    '--disable-gpu-sandbox',
    '--disable-updates',
    '--skip-welcome',
    '--skip-release-notes',
  ];
  const editor = start(options.vscode.path, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  editor.stdout.pipe(log, { end: false });
  editor.stderr.pipe(log, { end: false });
  const gone = new Promise((resolve) => editor.once('exit', resolve));
  try {
    if (!(await answers(port, limits.start))) return `the window was not there within ${limits.start / 1000} s`;
    await run(process.execPath, [options.suites.outsider], { env, capture: true, timeout: limits.all });
    return undefined;
  } finally {
    end(editor, 'SIGTERM');
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 10_000))]);
    end(editor, 'SIGKILL');
    log.end();
  }
}

/** Waits until the debugging port answers. */
async function answers(port, limit) {
  const deadline = Date.now() + limit;
  while (Date.now() < deadline) {
    const there = await fetch(`http://127.0.0.1:${port}/json/version`).then(
      (response) => response.ok,
      () => false,
    );
    if (there) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
