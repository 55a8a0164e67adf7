/** What bench/data.ts runs in processes of their own. */
import { join } from 'node:path';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan, type Plan, render } from '../../language/index.ts';
import { bytesOfFile } from '../../trainer/data/bytes.ts';
import { newShelf } from '../../trainer/data/columns.ts';
import { readCsv } from '../../trainer/data/csv.ts';
import { batchesOf } from '../../trainer/data/feed.ts';
import { dataBudget } from '../../trainer/data/memory.ts';
import { loadData } from '../../trainer/data/prepare.ts';
import { startPreparer } from '../../trainer/data/worker-preparer.ts';
import type { BenchOptions } from '../section.ts';

const BATCH = 64;

function planOf(root: string, text: string): Plan {
  const answer = makePlan(createAnalyser(createFiles()), { file: join(root, 'bench.model'), text, action: 'train' });
  if (answer.kind === 'plan') return answer.plan;
  throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
}

/** Seconds of processor time a picture in each epoch. */
export async function picturesTask({ root }: BenchOptions, args: readonly string[]): Promise<readonly number[]> {
  const [folder = '', side = '32', border = '4', , epochs = '2'] = args;
  const type = `float32[${side}, ${side}, 3]`;
  const plan = planOf(
    root,
    `data Pictures {
  source: folder(${JSON.stringify(folder)}, files: "*.jpg")
  image: ${type} = file -> decodeImage -> scale(0..255, 0..1)
  label: int32 = folder -> Index
  augment: image -> pad(${border}) -> crop(${side}, ${side}) -> flip
  cache: memory
}
model M {
  input image: ${type}
  output y = image -> Flatten -> Dense(10)
}
train M on Pictures {
  loss: crossEntropy(y, label)
}
`,
  );
  const preparer = await startPreparer(join(root, 'dist', 'data-worker.js'), {
    plan,
    dataFolder: undefined,
    fitted: undefined,
    whole: false,
  });
  const times: number[] = [];
  for (let epoch = 1; epoch <= Number(epochs); epoch++) {
    const began = process.cpuUsage();
    let rows = 0;
    for await (const batch of batchesOf(preparer, { part: 'train', epoch, size: BATCH }, 0)) {
      rows += batch.size;
      preparer.release?.([batch]);
    }
    const { user, system } = process.cpuUsage(began);
    times.push((user + system) / 1e6 / rows);
  }
  await preparer.dispose();
  return times;
}

/** Seconds of processor time of three readings. */
export async function tableTask([file = '']: readonly string[]): Promise<readonly number[]> {
  const at = { source: 0, start: 0, end: 0, line: 1, column: 1 };
  const wanted = new Set('a,b,c,d,e,f,g,h,label,name,note,date'.split(','));
  const form = { columns: undefined, separator: undefined, missing: undefined };
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const began = process.cpuUsage();
    const source = { key: 'file', path: file, found: file, bytes: bytesOfFile(file, file, at) };
    await readCsv(source, wanted, at, form, newShelf(dataBudget()));
    const { user, system } = process.cpuUsage(began);
    times.push((user + system) / 1e6);
  }
  return times;
}

/** Resident bytes before, early and at the end of an epoch, and rows a second. */
export async function streamTask({ root }: BenchOptions, [file = '']: readonly string[]): Promise<readonly number[]> {
  const plan = planOf(
    root,
    `data Rows {
  source: idx(x: ${JSON.stringify(file)})
  x: float32[784] = x -> scale(0..255, 0..1)
}
model M {
  input x: float32[784]
  output y = x -> Dense(784)
}
train M on Rows {
  loss: mse(y, x)
}
`,
  );
  const before = process.memoryUsage().rss;
  const preparer = await loadData({ plan, dataFolder: undefined, fitted: undefined, whole: false });
  const count = preparer.rows.train;
  let early = 0;
  let late = 0;
  let rows = 0;
  const began = performance.now();
  for await (const batch of batchesOf(preparer, { part: 'train', epoch: 1, size: BATCH }, 0)) {
    rows += batch.size;
    const { rss } = process.memoryUsage();
    if (rows < count / 10) early = Math.max(early, rss);
    else if (rows > count * 0.9) late = Math.max(late, rss);
  }
  return [before, early, late, rows / ((performance.now() - began) / 1000)];
}
