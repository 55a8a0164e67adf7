#!/usr/bin/env node
/**
 * Takes the place of the `code` executable for @vscode/test-electron: the same arguments, the same exit code. Behind it: a
 * VS Code server from the npm registry, its workbench opened in a headless Chromium.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, fstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { format } from 'node:util';
import { findBrowser } from './browser.mjs';
import { installServer } from './install.mjs';
import { writeLanguagePack } from './language-pack.mjs';
import { serverCommand, serverEnvironment, startServer } from './server.mjs';

const args = process.argv.slice(2);
const valuesOf = (name) => args.filter((arg) => arg.startsWith(`--${name}=`)).map((arg) => arg.slice(name.length + 3));
const lastOf = (name) => valuesOf(name).at(-1);

await installServer();
const own = mkdtempSync(join(tmpdir(), 'modelwright-vscode-'));
const folders = {
  userData: resolve(lastOf('user-data-dir') ?? join(own, 'user-data')),
  extensions: resolve(lastOf('extensions-dir') ?? join(own, 'extensions')),
  serverData: join(own, 'server'),
};
for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });

const management = /^--(install-extension|uninstall-extension|list-extensions|version|show-versions|force)\b/;
if (args.some((arg) => management.test(arg))) manage();
else await open();

/** `--install-extension x.vsix` and the like go to the server's own command line. */
function manage() {
  const passed = args.filter(
    (arg, at) => management.test(arg) || /^--(un)?install-extension$/.test(args[at - 1] ?? ''),
  );
  const [node, first] = serverCommand(folders);
  const child = spawn(node, [...first, ...passed], { stdio: 'inherit', env: serverEnvironment() });
  child.on('exit', (code) => {
    rmSync(own, { recursive: true, force: true });
    process.exit(code ?? 1);
  });
}

async function open() {
  const from = performance.now();
  const log = createWriteStream(process.env.MODELWRIGHT_VSCODE_LOG ?? join(own, 'log'));
  const note = (line) => {
    if (!log.writableEnded) log.write(`${String(Math.round(performance.now() - from)).padStart(6)} ${line}\n`);
  };
  let server;
  let browser;
  let ending = false;
  const end = async (code) => {
    if (ending) return;
    ending = true;
    note(`ends with ${code}`);
    await Promise.race([browser?.close().catch(() => {}), new Promise((done) => setTimeout(done, 5000))]);
    await server?.end();
    await new Promise((done) => log.end(done));
    rmSync(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    process.exit(code);
  };
  const fail = (what) => {
    if (ending) return;
    process.stderr.write(`[VS Code server] ${what}\n`);
    note(what);
    void end(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(130));
  endWithParent(() => end(130));

  const locale = lastOf('locale');
  if (locale !== undefined) writeLanguagePack(folders.userData, locale);
  const extra = locale === undefined ? [] : [`--locale=${locale}`];
  server = await startServer({ folders, extra, note, ended: fail });
  note(`listens on ${server.port}`);
  browser = await launchBrowser(fail);
  browser.on('disconnected', () => fail('Chromium ended'));
  await showWorkbench({ browser, port: server.port, note, fail, end });
}

/** A pipe on standard input that closes: whoever started this has gone. */
function endWithParent(end) {
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.on('end', end).resume();
}

async function launchBrowser(fail) {
  const found = await findBrowser();
  if (found.reason !== undefined) {
    fail(found.reason);
    return new Promise(() => {});
  }
  const { chromium } = await import('playwright-core');
  // Playwright's own signal handlers would leave the server behind.
  return chromium
    .launch({
      executablePath: found.path,
      env: { ...process.env, ...found.env },
      headless: process.env.HEADED !== '1',
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--no-first-run',
        '--disable-component-update',
        '--disable-sync',
        ...args.filter((arg) => arg.startsWith('--remote-debugging-port=')),
      ],
    })
    .catch((error) => {
      fail(`Chromium did not start: ${error.message.split('\n')[0]} (set CHROMIUM_PATH to another)`);
      return new Promise(() => {});
    });
}

async function showWorkbench({ browser, port, note, fail, end }) {
  const [width, height] = (lastOf('window-size') ?? '1280,800').split(',').map(Number);
  const context = await browser.newContext({ viewport: { width, height } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await context.route(
    (url) => /^https?:$/.test(url.protocol) && url.hostname !== '127.0.0.1',
    (route) => {
      note(`[blocked] ${route.request().url()}`);
      return route.abort();
    },
  );
  await context.addInitScript(setConfiguration, pageConfiguration(port));
  const page = await context.newPage();
  page.on('console', (message) => note(`[${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => note(`[page error] ${error.stack}`));
  page.on('crash', () => fail('the page crashed'));
  page.on('response', (response) => {
    if (response.status() >= 400) note(`[${response.status()}] ${response.url()}`);
  });
  // The workbench calls these two where they exist: its log, and the outcome of the test run.
  await page.exposeFunction('codeAutomationLog', (_type, parts) => void process.stdout.write(`${format(...parts)}\n`));
  await page.exposeFunction('codeAutomationExit', (code) => void end(code));
  await page.goto(`http://127.0.0.1:${port}/?${pageQuery()}`, { waitUntil: 'commit' });
  await page.waitForSelector('.monaco-workbench', { timeout: 120_000 }).then(
    () => note('workbench drawn'),
    () => fail('the workbench was not drawn within 120 s'),
  );
}

function pageQuery() {
  const target = args.find((arg) => !arg.startsWith('-'));
  const payload = JSON.stringify([
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ]);
  if (target === undefined) return new URLSearchParams({ payload, ew: 'true' });
  const kind = target.endsWith('.code-workspace') ? 'workspace' : 'folder';
  return new URLSearchParams({ payload, [kind]: resolve(target) });
}

/** What the desktop takes from its arguments, the web workbench takes from the configuration in its page. */
function pageConfiguration(port) {
  const remote = (path) => ({ scheme: 'vscode-remote', authority: `127.0.0.1:${port}`, path: resolve(path) });
  const tests = lastOf('extensionTestsPath');
  return {
    enableWorkspaceTrust: !args.includes('--disable-workspace-trust'),
    developmentOptions: {
      logLevel: 3,
      extensions: valuesOf('extensionDevelopmentPath').map(remote),
      ...(tests === undefined ? {} : { extensionTestsPath: remote(tests) }),
    },
  };
}

/** Runs in the page, before the workbench: newer versions take development options from nowhere else. */
function setConfiguration(extra) {
  if (window !== top) return;
  new MutationObserver((_changes, observer) => {
    const meta = document.getElementById('vscode-workbench-web-configuration');
    if (meta === null) return;
    observer.disconnect();
    meta.setAttribute('data-settings', JSON.stringify({ ...JSON.parse(meta.getAttribute('data-settings')), ...extra }));
  }).observe(document, { childList: true, subtree: true });
}
