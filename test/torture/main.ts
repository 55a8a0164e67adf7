/** `npm run torture`: so many kills by a seed. Ends with 1 at the first difference. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chances } from './chances.ts';
import { torture } from './torture.ts';

const [trainer = '', kills = '1000', seed = '1', asked = 'onnx'] = process.argv.slice(2);

async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'mw-torture-'));
  const engine = asked === 'tensorflow' ? 'tensorflow' : 'onnx';
  const torturer = { trainer, engine, chance: chances(Number(seed)) } as const;
  if (!(await torture(torturer, { folder, kills: Number(kills), say }))) return 1;
  rmSync(folder, { recursive: true, force: true });
  say(`${kills} kills (seed ${seed}, ${engine}): every run ended with the bytes of the undisturbed one.`);
  return 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
