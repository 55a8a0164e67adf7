/**
 * Data on its way to the model: folders of pictures against a DataLoader of PyTorch with the same number of workers, a table
 * against pandas, and a training set ten times as large as the memory that it may take. Each measurement is a fresh process;
 * rounds alternate, and ratios are taken within a round.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { picturesTask, streamTask, tableTask } from './data/tasks.ts';
import type { BenchOptions, BenchSection, BenchTable, BenchTarget } from './section.ts';

export async function bench(options: BenchOptions): Promise<BenchSection> {
  const [task = '', ...args] = process.argv.slice(2);
  if (task !== '') {
    const result =
      task === 'pictures'
        ? await picturesTask(options, args)
        : task === 'table'
          ? await tableTask(args)
          : await streamTask(options, args);
    process.stdout.write(`${JSON.stringify(result)}\n`);
    process.exit(0);
  }
  const folder = join(options.root, 'dist', 'bench', 'data');
  mkdirSync(folder, { recursive: true });
  const rounds = options.rounds ?? (options.quick ? 1 : 3);
  const [tables, targets]: [BenchTable[], BenchTarget[]] = [[], []];
  const notes: string[] = [];
  const cifar = join(process.env.MODELWRIGHT_DATA ?? '', 'cifar10', 'train');
  if (existsSync(cifar))
    benchPictures(
      options,
      { title: 'CIFAR-10, 32 × 32, 10,000 JPEG files', folder: cifar, side: 32, border: 4 },
      rounds,
      tables,
      targets,
    );
  else notes.push('No CIFAR-10 here: set MODELWRIGHT_DATA to a folder that holds cifar10.');
  const large = await makePictures(join(folder, 'pictures-224'), options.quick ? 64 : 2048);
  benchPictures(
    options,
    { title: 'Photograph-like noise, 224 × 224, JPEG files', folder: large, side: 224, border: 8 },
    rounds,
    tables,
    targets,
  );
  benchTable(options, folder, rounds, tables, targets, notes);
  benchStream(options, folder, tables, targets);
  return { title: 'Data', tables, targets, notes };
}

/** Another process of this same program, or the reference's. */
function own(args: readonly string[], env: Readonly<Record<string, string>> = {}): unknown {
  const text = execFileSync(process.execPath, [process.argv[1] ?? '', ...args], {
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(String(text).trim().split('\n').at(-1) ?? '');
}

function reference({ python, root }: BenchOptions, args: readonly string[]): readonly number[] | undefined {
  if (python === undefined) return undefined;
  try {
    return numbersOf(
      JSON.parse(
        String(
          execFileSync(python, [join(root, 'bench', 'data', 'loader.py'), ...args], {
            stdio: ['ignore', 'pipe', 'ignore'],
          }),
        ),
      ),
    );
  } catch {
    return undefined;
  }
}

function numbersOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

interface PictureSet {
  readonly title: string;
  readonly folder: string;
  readonly side: number;
  readonly border: number;
}

const WORKERS = 1;

function benchPictures(
  options: BenchOptions,
  set: PictureSet,
  rounds: number,
  tables: BenchTable[],
  targets: BenchTarget[],
): void {
  const rows: Record<'first' | 'later' | 'torch' | 'firstRatio' | 'laterRatio', number[]> = {
    first: [],
    later: [],
    torch: [],
    firstRatio: [],
    laterRatio: [],
  };
  for (let round = 0; round < rounds; round++) {
    const sizes = [String(set.side), String(set.border), String(WORKERS)];
    const [first = Number.NaN, ...rest] = numbersOf(
      own(['pictures', set.folder, ...sizes, '3'], { MODELWRIGHT_DATA_WORKERS: String(WORKERS) }),
    );
    const later = median(rest);
    const theirs = reference(options, ['pictures', set.folder, ...sizes, '2']);
    const torch = theirs === undefined ? Number.NaN : median(theirs);
    rows.first.push(first);
    rows.later.push(later);
    rows.torch.push(torch);
    rows.firstRatio.push(torch / first);
    rows.laterRatio.push(torch / later);
  }
  const micro = (values: readonly number[]): number => median(values) * 1e6;
  tables.push({
    title: `${set.title}: decoded, padded, cropped and flipped, ${WORKERS} worker; microseconds of processor time a picture, all threads and workers (in the last two columns the DataLoader's time over ours)`,
    columns: ['first epoch', 'from the second on (`cache: memory`)', 'DataLoader', 'first', 'later'],
    rows: [[micro(rows.first), micro(rows.later), micro(rows.torch), median(rows.firstRatio), median(rows.laterRatio)]],
  });
  if (Number.isNaN(median(rows.torch))) return;
  const target = (what: string, wanted: number, ratio: number): BenchTarget => ({
    what: `${set.side} × ${set.side}, ${what}, against a DataLoader`,
    wanted: `≥ ${wanted}`,
    measured: ratio.toFixed(2),
    held: ratio >= wanted,
  });
  targets.push(
    target('first epoch', 1, median(rows.firstRatio)),
    target('from the second epoch', 2, median(rows.laterRatio)),
  );
}

/** Pictures with smooth shapes and some noise, which pack as photographs do. */
async function makePictures(folder: string, count: number): Promise<string> {
  if (existsSync(join(folder, 'b', `${count - 1}.jpg`))) return folder;
  const { default: sharp } = await import('sharp');
  const side = 224;
  for (let i = 0; i < count; i++) {
    const name = join(folder, i % 2 === 0 ? 'a' : 'b');
    mkdirSync(name, { recursive: true });
    const data = Buffer.alloc(side * side * 3);
    for (let at = 0; at < data.length; at++) {
      const [x, y] = [Math.floor(at / 3) % side, Math.floor(at / 3 / side)];
      const wave = Math.sin((x + i * 7) / (9 + (at % 3) * 5)) * Math.cos((y - i * 3) / (14 + (i % 11)));
      data[at] = 128 + wave * 90 + ((at * 7919 + i * 104_729) % 23);
    }
    writeFileSync(
      join(name, `${i}.jpg`),
      await sharp(data, { raw: { width: side, height: side, channels: 3 } })
        .jpeg({ quality: 88 })
        .toBuffer(),
    );
  }
  return folder;
}

function benchTable(
  options: BenchOptions,
  folder: string,
  rounds: number,
  tables: BenchTable[],
  targets: BenchTarget[],
  notes: string[],
): void {
  const rows = options.quick ? 100_000 : 1_000_000;
  const file = join(folder, `table-${rows}.csv`);
  if (!existsSync(file)) writeTable(file, rows);
  const [ours, theirs, ratios]: number[][] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    const mine = median(numbersOf(own(['table', file])));
    const pandas = reference(options, ['table', file]);
    ours?.push(mine);
    if (pandas === undefined) continue;
    theirs?.push(median(pandas));
    ratios?.push(median(pandas) / mine);
  }
  const [own_ = [], pandas = [], ratio = []] = [ours, theirs, ratios];
  tables.push({
    title: `A CSV file of ${rows.toLocaleString('en-US')} rows and twelve columns into numbers and texts; seconds of processor time`,
    columns: ['ours', 'pandas', 'pandas over ours'],
    rows: [[median(own_), pandas.length === 0 ? '–' : median(pandas), ratio.length === 0 ? '–' : median(ratio)]],
  });
  if (ratio.length === 0)
    notes.push('No pandas in the reference Python: `pip install pandas` there compares the table with it.');
  else
    targets.push({
      what: 'CSV against pandas',
      wanted: '≥ 1',
      measured: median(ratio).toFixed(2),
      held: median(ratio) >= 1,
    });
}

function writeTable(file: string, rows: number): void {
  const out = openSync(file, 'w');
  writeSync(out, 'a,b,c,d,e,f,g,h,label,name,note,date\n');
  const names = ['anna', 'bob', 'carl', 'dora'];
  for (let from = 0; from < rows; from += 10_000) {
    const lines: string[] = [];
    for (let i = from; i < Math.min(rows, from + 10_000); i++) {
      const x = (i * 0.6180339887) % 1;
      lines.push(
        `${x.toFixed(6)},${(x * 4 - 2).toFixed(5)},${i % 1001},${(x * 100).toFixed(3)},${(1 - x).toFixed(6)},${i % 50 === 0 ? '' : i % 10},${(x / 3).toFixed(4)},${(x * x).toFixed(6)},${i % 10},${names[i % 4]},"a note, ${i % 100}",2024-0${(i % 9) + 1}-1${i % 9}`,
      );
    }
    writeSync(out, `${lines.join('\n')}\n`);
  }
  closeSync(out);
}

function benchStream(options: BenchOptions, folder: string, tables: BenchTable[], targets: BenchTarget[]): void {
  const limit = (options.quick ? 4 : 32) * 2 ** 20;
  const rows = Math.floor((limit * 10) / 784);
  const file = join(folder, `stream-${rows}.idx`);
  if (!existsSync(file)) {
    const out = openSync(file, 'w');
    const head = Buffer.alloc(12);
    head.set([0, 0, 8, 2]);
    head.writeUInt32BE(rows, 4);
    head.writeUInt32BE(784, 8);
    writeSync(out, head);
    const block = Buffer.from(Uint8Array.from({ length: 784 * 1000 }, (_, i) => i % 251));
    for (let row = 0; row < rows; row += 1000) writeSync(out, block, 0, Math.min(1000, rows - row) * 784);
    closeSync(out);
  }
  const measured = own(['stream', file], { MODELWRIGHT_DATA_MEMORY: String(limit) });
  const [before = 0, early = 0, late = 0, perSecond = 0] = numbersOf(measured);
  const mib = (bytes: number): number => Math.round(bytes / 2 ** 20);
  tables.push({
    title: `A training set of ${mib(rows * 784)} MiB with ${mib(limit)} MiB for data, shuffled: resident MiB of the process`,
    columns: ['before', 'after a tenth of the epoch', 'at its end', 'rows a second'],
    rows: [[mib(before), mib(early), mib(late), Math.round(perSecond)]],
  });
  const grown = mib(late - early);
  targets.push({
    what: 'Ten times the memory limit streams at constant memory',
    wanted: 'grows by < 16 MiB',
    measured: `${grown} MiB`,
    held: grown < 16,
  });
}
