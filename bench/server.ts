/**
 * Keystroke → diagnostics through a real server process, over standard input and output as an editor speaks to it.
 * One edit toggles a window size in the middle of the file: errors appear and vanish. Measured: from the write of `didChange`
 * to the matching `publishDiagnostics`; the server's own CPU time from /proc; start from spawn to the first diagnostics.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchOptions, BenchSection } from './section.ts';
import { checkTogether } from './server-programs.ts';
import { serverSize } from './server-size.ts';

interface Message {
  readonly method?: string;
  readonly id?: number;
  readonly params?: { readonly version?: number; readonly diagnostics?: readonly unknown[] };
}

interface Server {
  readonly child: ChildProcess;
  send(message: object): void;
  wait(matches: (message: Message) => boolean): Promise<Message>;
  stop(): void;
}

function launch(script: string): Server {
  const child = spawn(process.execPath, [script, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: { matches: (message: Message) => boolean; resolve: (message: Message) => void }[] = [];
  let rest = Buffer.alloc(0);
  child.stdout?.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const split = rest.indexOf('\r\n\r\n');
      if (split < 0) return;
      const length = Number(/Content-Length: (\d+)/.exec(rest.subarray(0, split).toString())?.[1] ?? 0);
      if (rest.length < split + 4 + length) return;
      const message: Message = JSON.parse(rest.subarray(split + 4, split + 4 + length).toString());
      rest = rest.subarray(split + 4 + length);
      const index = waiting.findIndex(({ matches }) => matches(message));
      if (index >= 0) waiting.splice(index, 1)[0]?.resolve(message);
    }
  });
  return {
    child,
    send(message) {
      const body = JSON.stringify({ jsonrpc: '2.0', ...message });
      child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    },
    wait: (matches) => new Promise((resolve) => waiting.push({ matches, resolve })),
    stop: () => {
      child.kill();
    },
  };
}

/** The digits network and blocks around it, repeated under other names until the file has that many lines. */
export function program(lines: number): string {
  const parts: string[] = [];
  let count = 0;
  for (let i = 0; count < lines; i++) {
    const part = `block Residual${i}(filters: int, stride: int = 1) {
  input x: [H, W, C]

  shortcut = if stride == 1 and C == filters { x } else { x -> Conv2D(filters, 1, stride: stride, bias: false) -> BatchNorm }
  y = x
    -> Conv2D(filters, 3, stride: stride, padding: same, bias: false) -> BatchNorm -> relu
    -> Conv2D(filters, 3, padding: same, bias: false) -> BatchNorm

  output relu(y + shortcut)
}

## Network ${i} of a long file.
model Net${i}(classes: int = 10) {
  input image: float32[28, 28, 1]

  x = image -> Conv2D(32, 3, relu) -> MaxPool2D(2) -> Residual${i}(64) -> Residual${i}(64, 2)
    -> Flatten
    -> Dense(128, relu)
    -> Dropout(0.5)

  output digit = x -> Dense(classes, softmax)
}

`;
    parts.push(part);
    count += part.split('\n').length - 1;
  }
  return parts.join('');
}

/** As many layers as nobody writes by hand, in one flow: one statement, which each edit checks anew as a whole. */
function oneFlow(layers: number): string {
  const flow = Array.from({ length: layers }, (_, i) => (i === layers >> 1 ? right : 'Dense(8, relu)'));
  return `model Long {\n  input image: float32[28, 28, 1]\n\n  output y = image\n    -> ${flow.join('\n    -> ')}\n}\n`;
}

interface Measured {
  readonly lines: number;
  readonly cold: number;
  readonly coldCpu: number;
  readonly times: readonly number[];
  /** Of suggestions after the arrow in front of the edited layer. */
  readonly completions: readonly number[];
  readonly cpu: number;
  readonly memory: number;
}

const uri = 'file:///bench/long.model';
const [right, wrong] = ['MaxPool2D(2)', 'MaxPool2D(299)'];

async function measure(
  script: string,
  text: string,
  lines: number,
  rounds: { warm: number; edits: number },
): Promise<Measured> {
  const began = performance.now();
  const server = launch(script);
  try {
    const ready = server.wait((m) => m.id === 1);
    server.send({ id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } });
    await ready;
    server.send({ method: 'initialized', params: {} });
    const first = published(server, 1);
    server.send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'model', version: 1, text } },
    });
    await first;
    const cold = performance.now() - began;
    const coldCpu = cpuOf(server.child.pid);
    const times: number[] = [];
    const position = middle(text);
    let from = coldCpu;
    let [now, next] = [right, wrong];
    for (let i = 0; i < rounds.warm + rounds.edits; i++) {
      if (i === rounds.warm) from = cpuOf(server.child.pid);
      const took = await edit(server, i + 2, position, now, next);
      if (i >= rounds.warm) times.push(took);
      [now, next] = [next, now];
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const cpu = (cpuOf(server.child.pid) - from) / rounds.edits;
    const memory = memoryOf(server.child.pid);
    const completions: number[] = [];
    for (let i = 0; i < Math.ceil(rounds.edits / 4); i++) completions.push(await complete(server, i + 2, position));
    return { lines, cold, coldCpu, times, completions, cpu, memory };
  } finally {
    server.stop();
  }
}

function published(server: Server, version: number): Promise<Message> {
  return server.wait((m) => m.method === 'textDocument/publishDiagnostics' && m.params?.version === version);
}

/** The `MaxPool2D(2)` that is nearest to the middle of the file. */
function middle(text: string): { readonly line: number; readonly character: number } {
  const at = text.indexOf(right, text.length / 2 - 400);
  const before = text.slice(0, at < 0 ? text.indexOf(right) : at).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

async function edit(
  server: Server,
  version: number,
  start: { readonly line: number; readonly character: number },
  now: string,
  next: string,
): Promise<number> {
  const end = { line: start.line, character: start.character + now.length };
  const done = published(server, version);
  const from = performance.now();
  server.send({
    method: 'textDocument/didChange',
    params: { textDocument: { uri, version }, contentChanges: [{ range: { start, end }, text: next }] },
  });
  const { params } = await done;
  const took = performance.now() - from;
  const errors = params?.diagnostics?.length ?? 0;
  if (errors > 0 !== (next === wrong))
    throw new Error(`expected ${next === wrong ? 'errors' : 'no errors'}, got ${errors}`);
  return took;
}

async function complete(
  server: Server,
  id: number,
  position: { readonly line: number; readonly character: number },
): Promise<number> {
  const answered = server.wait((m) => m.id === id && m.method === undefined);
  const from = performance.now();
  server.send({ id, method: 'textDocument/completion', params: { textDocument: { uri }, position } });
  await answered;
  return performance.now() - from;
}

/** CPU milliseconds of a process so far; 0 where the system does not tell. */
function cpuOf(pid: number | undefined): number {
  const stat = `/proc/${pid}/stat`;
  if (!existsSync(stat)) return 0;
  const fields = readFileSync(stat, 'utf8').split(') ')[1]?.split(' ') ?? [];
  // In ticks of 10 ms.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function memoryOf(pid: number | undefined): number {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return 0;
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) / 1024);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} KB`;

const median = (values: readonly number[]) => quantile(values, 0.5);

/** Median over runs of a figure of each run. */
function over(runs: readonly Measured[], figure: (run: Measured) => number): number {
  return median(runs.map(figure));
}

export const bench: Bench = async ({ quick, root }: BenchOptions): Promise<BenchSection> => {
  const script = join(root, 'dist/server.js');
  const sizes = [100, 1_000, 10_000];
  const rounds = quick ? { warm: 5, edits: 20 } : { warm: 30, edits: 120 };
  const measured: Measured[][] = sizes.map(() => []);
  // Interleaved, so that a busy moment of the machine does not hit one size only.
  for (let run = 0; run < (quick ? 1 : 7); run++) {
    for (const [index, lines] of sizes.entries()) {
      process.stderr.write(`server: run ${run + 1}, ${lines} lines\n`);
      measured[index]?.push(await measure(script, program(lines), lines, rounds));
    }
  }
  process.stderr.write('server: 10,000 layers in one flow\n');
  const flow = [await measure(script, oneFlow(10_000), 10_000, { warm: 5, edits: quick ? 10 : 40 })];
  const row = (name: string, runs: readonly Measured[]) => [
    name,
    over(runs, (r) => median(r.times)),
    over(runs, (r) => quantile(r.times, 0.95)),
    over(runs, (r) => quantile(r.times, 0.99)),
    over(runs, (r) => quantile(r.completions, 0.95)),
    over(runs, (r) => r.cpu),
    over(runs, (r) => r.cold),
    over(runs, (r) => r.coldCpu),
    over(runs, (r) => r.memory),
  ];
  const rows = [
    ...sizes.map((lines, index) => row(`${lines} lines`, measured[index] ?? [])),
    row('10,000 layers in one flow', flow),
  ];
  const middleRuns = measured[1] ?? [];
  const [med, p99] = [over(middleRuns, (r) => median(r.times)), over(middleRuns, (r) => quantile(r.times, 0.99))];
  const cold = over(middleRuns, (r) => r.cold);
  const suggestions = over(middleRuns, (r) => quantile(r.completions, 0.95));
  const memory = over(middleRuns, (r) => r.memory);
  const layers = over(flow, (r) => median(r.times));
  const long = over(measured[2] ?? [], (r) => quantile(r.times, 0.99));
  const together = checkTogether(root);
  const { all, texts } = serverSize(JSON.parse(readFileSync(join(root, 'dist/meta/server.json'), 'utf8')));
  return {
    title: 'Keystroke → diagnostics',
    tables: [
      {
        title: 'Through a real server process (standard input and output)',
        columns: [
          'file',
          'median ms',
          'p95 ms',
          'p99 ms',
          'suggestions p95 ms',
          'CPU ms per edit',
          'start ms',
          'start CPU ms',
          'memory MB',
        ],
        rows,
      },
    ],
    targets: [
      { what: '1,000 lines, median', wanted: '≤ 3 ms', measured: `${med.toFixed(1)} ms`, held: med <= 3 },
      { what: '1,000 lines, p99', wanted: '≤ 16 ms', measured: `${p99.toFixed(1)} ms`, held: p99 <= 16 },
      { what: '10,000 lines, p99', wanted: '≤ 50 ms', measured: `${long.toFixed(1)} ms`, held: long <= 50 },
      {
        what: '10,000 layers in one flow, median',
        wanted: '≤ 200 ms',
        measured: `${layers.toFixed(0)} ms`,
        held: layers <= 200,
      },
      {
        what: 'suggestions, 1,000 lines, p95',
        wanted: '≤ 20 ms',
        measured: `${suggestions.toFixed(1)} ms`,
        held: suggestions <= 20,
      },
      {
        what: `memory after ${rounds.warm + rounds.edits} edits, 1,000 lines`,
        wanted: '≤ 100 MB',
        measured: `${memory} MB`,
        held: memory <= 100,
      },
      {
        what: `all ${together.count} programs of examples/ checked from scratch`,
        wanted: '≤ 1 s, no error',
        measured: `${together.milliseconds.toFixed(0)} ms, ${together.errors} errors`,
        held: together.milliseconds <= 1000 && together.errors === 0,
      },
      {
        what: 'start to first diagnostics, 1,000 lines',
        wanted: '≤ 300 ms',
        measured: `${cold.toFixed(0)} ms`,
        held: cold <= 300,
      },
      {
        what: 'server bundle without the texts for readers',
        wanted: '≤ 400 KB',
        measured: `${kilobytes(all - texts)} of ${kilobytes(all)}`,
        held: all - texts <= 400_000,
      },
    ],
    notes: [
      `Medians over ${quick ? 1 : 7} runs of ${rounds.edits} edits each; an edit toggles MaxPool2D(2) ↔ MaxPool2D(299) in the middle of the file, so that errors appear and vanish.`,
      'Not inside VS Code: no extension host, no drawing.',
    ],
  };
};
