/** `npm run torture`: so many kills over all runs of `programs.ts`, by a seed. Ends with 1 at the first difference. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clear, difference, inPeace, live, runsFolder, type Torturer } from './lives.ts';
import { declarations, planOf, writeData } from './programs.ts';

/** Kills of one life. */
const MOST = 6;

const [trainer = '', kills = '1000', seed = '1', engine = 'onnx'] = process.argv.slice(2);

void torture({ trainer, engine: engine === 'tensorflow' ? 'tensorflow' : 'onnx', chance: chances(Number(seed)) }).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);

async function torture(torturer: Torturer): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'mw-torture-'));
  writeData(folder);
  // One folder of runs: `tuned` starts from the finished run of `steady`.
  const runs = runsFolder(folder, 'runs');
  const peace = new Map<string, Awaited<ReturnType<typeof inPeace>>>();
  for (const name of declarations) peace.set(name, await inPeace(torturer, planOf(folder, name), runs));
  const keep = [...peace.values()].map((each) => each.folder);
  let total = 0;
  for (let life = 1; total < Number(kills); life++) {
    const name = declarations[life % declarations.length] ?? 'steady';
    const undisturbed = peace.get(name);
    if (undisturbed === undefined) continue;
    const most = Math.min(1 + torturer.chance(MOST), Number(kills) - total);
    const lived = await live(torturer, { plan: planOf(folder, name), runs, peace: undisturbed, most });
    total += lived.kills;
    const differs = difference(lived.folder, undisturbed.folder);
    if (differs !== undefined) {
      say(`${name}, life ${life}, ${lived.kills} kills: ${differs}`);
      say(`The runs are kept: ${lived.folder} and ${undisturbed.folder}.`);
      return 1;
    }
    say(`${String(total).padStart(5)} kills: ${name} was killed ${lived.kills} times and ends as if it never was`);
    clear(runs, keep);
  }
  rmSync(folder, { recursive: true, force: true });
  say(`${total} kills (seed ${seed}, ${engine}): every run ended with the bytes of the undisturbed one.`);
  return 0;
}

function chances(from: number): (below: number) => number {
  let state = from >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
