/**
 * Child processes of the scripts. Every child that is still running when the script ends is ended with it, whole process
 * group included, so that Ctrl-C leaves nothing behind.
 */
import { spawn } from 'node:child_process';

const windows = process.platform === 'win32';
const living = new Set();
process.on('exit', () => {
  for (const child of living) end(child, 'SIGKILL');
});
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, () => process.exit(code));
}

/** Ends a child that `start` started, with everything that it started. */
export function end(child, signal = 'SIGTERM') {
  if (child.pid === undefined) return;
  try {
    if (windows) spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-child.pid, signal);
  } catch {
    // Gone already.
  }
}

/** Starts a child in a process group of its own and remembers it. */
export function start(command, args, options = {}) {
  const shell = windows && !/\.(exe|com)$/i.test(command);
  const child = spawn(command, args, { stdio: 'inherit', shell, detached: !windows, ...options });
  living.add(child);
  child.on('close', () => living.delete(child));
  return child;
}

/**
 * Runs a command to its end. Gives exit code and, where `capture` is set, what it wrote; never throws.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, capture?: boolean, input?: string, timeout?: number}} [options]
 * @returns {Promise<{code: number, out: string}>}
 */
export function run(command, args, { cwd, env, capture = false, timeout } = {}) {
  return new Promise((resolve) => {
    const child = start(command, args, {
      cwd,
      env,
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    const parts = [];
    child.stdout?.on('data', (part) => parts.push(part));
    child.stderr?.on('data', (part) => parts.push(part));
    const limit = timeout === undefined ? undefined : setTimeout(() => end(child, 'SIGKILL'), timeout);
    const finish = (code, extra = '') => {
      clearTimeout(limit);
      resolve({ code, out: Buffer.concat(parts).toString() + extra });
    };
    child.on('error', (error) => finish(127, error.message));
    child.on('close', (code) => finish(code ?? 1));
  });
}
