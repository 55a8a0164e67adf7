/**
 * Expectations as tests of VS Code: every condition of an `evaluate … { expect: … }` of the workspace's programs. A block is
 * measured once for all its conditions, on the latest finished run that fits, as by the command Evaluate.
 */
import * as vscode from 'vscode';
import { type EvaluateResult, numberOf, type RunDeclaration } from '../../protocol/index.ts';
import { chooseRun, findRunsFolder } from '../../runs/index.ts';
import { askPlan } from '../commands/plan.ts';
import { mayStart } from '../commands/trust.ts';
import type { Services } from '../services.ts';
import { readSettings } from '../settings.ts';

/** The Testing view's own list of a program's expectations. Programs are read when the view first asks, and when they change. */
export function expectationTests(services: Services): vscode.Disposable {
  const controller = vscode.tests.createTestController('modelwright.expectations', vscode.l10n.t('Expectations'));
  const tests = new Expectations(services, controller);
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.model');
  const changed = (uri: vscode.Uri): void => {
    // Programs as they were, in the folders of runs, are no tests.
    const parts = vscode.workspace.asRelativePath(uri).split(/[\\/]/);
    if (!parts.some((part) => part.startsWith('.'))) tests.refresh(uri);
  };
  controller.resolveHandler = async (item) => {
    // What one item holds is known as soon as it is there.
    if (item === undefined) await tests.findAll();
  };
  controller.refreshHandler = () => tests.findAll();
  controller.createRunProfile(
    vscode.l10n.t('Evaluate'),
    vscode.TestRunProfileKind.Run,
    (request, token) => tests.run(request, token),
    true,
  );
  return vscode.Disposable.from(
    controller,
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete((uri) => controller.items.delete(uri.toString())),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (document.languageId === 'model') changed(document.uri);
    }),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (document.languageId === 'model' && document.uri.scheme === 'file') changed(document.uri);
    }),
  );
}

/** Programs of a workspace that are looked through. */
const MOST_PROGRAMS = 1000;

class Expectations {
  readonly #services: Services;
  readonly #controller: vscode.TestController;

  constructor(services: Services, controller: vscode.TestController) {
    this.#services = services;
    this.#controller = controller;
  }

  async findAll(): Promise<void> {
    const found = await vscode.workspace.findFiles('**/*.model', '**/{node_modules,.*}/**', MOST_PROGRAMS);
    for (const uri of found) await this.#read(uri);
  }

  refresh(uri: vscode.Uri): void {
    this.#read(uri).catch((error: unknown) =>
      this.#services.logs.main.debug(`tests of ${uri.fsPath}: ${String(error)}`),
    );
  }

  /** The items of a program; a program without expectations has none. */
  async #read(uri: vscode.Uri): Promise<void> {
    const all = await this.#services.server.declarations(uri);
    const blocks = all.filter(({ expect }) => expect.length > 0);
    const { items } = this.#controller;
    if (blocks.length === 0) {
      items.delete(uri.toString());
      return;
    }
    const program = this.#controller.createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri);
    for (const block of blocks) program.children.add(this.#itemOf(block, uri));
    items.add(program);
  }

  #itemOf({ name, line, expect }: RunDeclaration, uri: vscode.Uri): vscode.TestItem {
    const block = this.#controller.createTestItem(`${uri} ${name}`, name, uri);
    block.range = new vscode.Range(line, 0, line, 0);
    for (const [i, { text, range }] of expect.entries()) {
      const item = this.#controller.createTestItem(`${uri} ${name} ${i}`, text, uri);
      const { start, end } = range;
      item.range = new vscode.Range(start.line, start.character, end.line, end.character);
      block.children.add(item);
    }
    return block;
  }

  /** Runs what is asked for, block by block, since each is one evaluation. */
  async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const wanted = new Set<vscode.TestItem>();
    const skipped = new Set(request.exclude);
    const add = (item: vscode.TestItem): void => {
      if (skipped.has(item)) return;
      if (item.children.size === 0) wanted.add(item);
      for (const [, child] of item.children) add(child);
    };
    if (request.include === undefined) {
      if (this.#controller.items.size === 0) await this.findAll();
      for (const [, item] of this.#controller.items) add(item);
    } else for (const item of request.include) add(item);
    const blocks = new Set([...wanted].flatMap(({ parent }) => parent ?? []));
    for (const item of wanted) run.enqueued(item);
    try {
      for (const block of blocks) {
        if (token.isCancellationRequested) break;
        await this.#runBlock(
          block,
          [...wanted].filter(({ parent }) => parent === block),
          run,
          token,
        );
      }
      for (const item of wanted) if (token.isCancellationRequested) run.skipped(item);
    } finally {
      run.end();
    }
  }

  async #runBlock(
    block: vscode.TestItem,
    items: readonly vscode.TestItem[],
    run: vscode.TestRun,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const began = Date.now();
    for (const item of items) run.started(item);
    const result = await this.#measure(block, token);
    if (token.isCancellationRequested) return;
    for (const item of items) {
      if (typeof result === 'string') run.errored(item, messageAt(item, result));
      else tell(item, result, run, (Date.now() - began) / items.length);
    }
  }

  /** The result of the block's evaluation, or in words why there is none. */
  async #measure(block: vscode.TestItem, token: vscode.CancellationToken): Promise<EvaluateResult | string> {
    const { uri } = block;
    if (uri === undefined || !(await mayStart())) return vscode.l10n.t('A trusted workspace is needed to evaluate.');
    const plan = await askPlan(this.#services, { uri, declaration: block.label }, 'evaluate');
    if (plan === undefined) return vscode.l10n.t('The program has errors: they are told at their lines.');
    const runs = findRunsFolder(plan.file, {
      workspace: vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath,
      override: readSettings(uri).runsFolder,
    });
    const chosen = chooseRun(runs, {
      model: plan.model.name,
      file: plan.file,
      args: plan.model.args,
      declaration: plan.run,
      word: undefined,
    });
    if (!chosen.ok) return chosen.message;
    const { folder } = chosen.run;
    const cancelling = token.onCancellationRequested(() => this.#services.evaluations.cancel(folder));
    const outcome = await this.#services.evaluations.make(plan, folder);
    cancelling.dispose();
    switch (outcome.kind) {
      case 'done':
        return outcome.result;
      case 'failed':
        return outcome.error.message;
      case 'cancelled':
        return vscode.l10n.t('It was cancelled.');
      default:
        return assertNever(outcome);
    }
  }
}

/** The condition of an item by its place among those of its block. */
function tell(item: vscode.TestItem, result: EvaluateResult, run: vscode.TestRun, duration: number): void {
  const found = result.expect[Number(item.id.slice(item.id.lastIndexOf(' ') + 1))];
  if (found === undefined || found.text !== item.label) {
    run.errored(item, messageAt(item, vscode.l10n.t('The program has changed since: run the test again.')));
    return;
  }
  const value = String(Number(numberOf(found.value).toPrecision(5)));
  run.appendOutput(
    `${found.text}: ${value}, ${result.examples} rows of ${result.data}, ${result.run}\r\n`,
    undefined,
    item,
  );
  if (found.held) {
    run.passed(item, duration);
    return;
  }
  const message = messageAt(item, vscode.l10n.t('Expected {0}; it is {1}.', found.text, value));
  message.expectedOutput = found.text;
  message.actualOutput = value;
  run.failed(item, message, duration);
}

function messageAt({ uri, range }: vscode.TestItem, text: string): vscode.TestMessage {
  const message = new vscode.TestMessage(text);
  if (uri !== undefined && range !== undefined) message.location = new vscode.Location(uri, range);
  return message;
}

function assertNever(value: never): never {
  throw new Error(`Unknown outcome: ${JSON.stringify(value)}`);
}
