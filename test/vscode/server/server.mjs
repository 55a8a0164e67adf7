/** Starts the VS Code server and says on which port it listens. Used by the tests' launcher and by `npm start`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { serverNode, vscodeRoot } from './install.mjs';

/** The environment for a server: no gallery, no telemetry, and nothing of an editor whose terminal this may run in. */
export function serverEnvironment() {
  const env = { ...process.env, EXTENSIONS_GALLERY: '{}', CS_TELEMETRY_URL: 'http://127.0.0.1:9' };
  for (const name of Object.keys(env)) if (/^(VSCODE_|ELECTRON_)/.test(name)) delete env[name];
  return env;
}

/** Command and arguments of the server with its three folders. */
export function serverCommand({ userData, extensions, serverData }) {
  const root = process.env.MODELWRIGHT_VSCODE_ROOT ?? vscodeRoot;
  return [
    process.env.MODELWRIGHT_VSCODE_NODE ?? serverNode,
    [
      join(root, 'out', 'server-main.js'),
      '--accept-server-license-terms',
      `--user-data-dir=${userData}`,
      `--extensions-dir=${extensions}`,
      `--server-data-dir=${serverData}`,
    ],
  ];
}

/**
 * @param {{folders: {userData: string, extensions: string, serverData: string}, token?: string, port?: number, extra?: string[],
 *   env?: NodeJS.ProcessEnv, note: (line: string) => void, ended: (what: string) => void}} options
 * @returns {Promise<{port: number, end: () => Promise<void>, kill: () => void}>}
 */
export function startServer({ folders, token, port = 0, extra = [], env = serverEnvironment(), note, ended }) {
  const [node, args] = serverCommand(folders);
  const server = spawn(
    node,
    [
      ...args,
      '--host=127.0.0.1',
      `--port=${port}`,
      token === undefined ? '--without-connection-token' : `--connection-token=${token}`,
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-getting-started-override',
      '--log=info',
      ...extra,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env, detached: true },
  );
  const signal = (name) => {
    try {
      process.kill(-server.pid, name);
    } catch {
      // Gone already.
    }
  };
  const kill = () => signal('SIGKILL');
  process.on('exit', kill);
  const gone = new Promise((resolve) => server.once('exit', resolve));
  const end = async () => {
    signal('SIGTERM');
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 3000))]);
    kill();
  };
  return new Promise((resolve, reject) => {
    const fail = (what) => {
      reject(new Error(what));
      ended(what);
    };
    server.once('error', (error) => fail(`the VS Code server did not start: ${error.message}`));
    server.once('exit', (code, name) => fail(`the VS Code server ended with ${code ?? name}`));
    const late = setTimeout(() => fail('the VS Code server did not listen within 60 s'), 60_000);
    let text = '';
    server.stderr.on('data', (part) => note(`[server] ${String(part).trimEnd()}`));
    server.stdout.on('data', (part) => {
      note(`[server] ${String(part).trimEnd()}`);
      if (text === undefined) return;
      text += part;
      const match = /Extension host agent listening on (\d+)/.exec(text);
      if (match === null) return;
      text = undefined;
      clearTimeout(late);
      resolve({ port: Number(match[1]), end, kill });
    });
  });
}
