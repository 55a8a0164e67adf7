/** So many kills over all runs of `programs.ts`; it ends at the first difference, whose runs are kept. */
import { join } from 'node:path';
import { clear, difference, inPeace, live, runsFolder, type Torturer } from './lives.ts';
import { declarations, planOf, writeData } from './programs.ts';

/** Kills of one life. */
const MOST = 6;

/** True where every run ended as the undisturbed one. */
export async function torture(
  torturer: Torturer,
  of: { readonly folder: string; readonly kills: number; readonly say: (line: string) => void },
): Promise<boolean> {
  const { folder, kills, say } = of;
  // One folder of runs: `tuned` starts from the finished run of `steady`.
  const runs = runsFolder(join(folder, 'runs'));
  writeData(folder);
  const peace = new Map<string, Awaited<ReturnType<typeof inPeace>>>();
  for (const name of declarations) peace.set(name, await inPeace(torturer, planOf(folder, name), runs));
  const keep = [...peace.values()].map((each) => each.folder);
  let total = 0;
  for (let life = 0; total < kills; life++) {
    const name = declarations[life % declarations.length] ?? 'steady';
    const undisturbed = peace.get(name);
    if (undisturbed === undefined) continue;
    const most = Math.min(1 + torturer.chance(MOST), kills - total);
    const lived = await live(torturer, { plan: planOf(folder, name), runs, peace: undisturbed, most });
    total += lived.kills;
    const differs = difference(lived.folder, undisturbed.folder);
    if (differs !== undefined) {
      say(`${name}, life ${life}, ${lived.kills} kills: ${differs}`);
      say(`The runs are kept: ${lived.folder} and ${undisturbed.folder}.`);
      return false;
    }
    say(`${String(total).padStart(5)} kills: ${name} was killed ${lived.kills} times and ends as if it never was`);
    clear(runs, keep);
  }
  return true;
}
