/** `modelwright doctor`: which engines can be used here, why not the others, and what to do about it. */
import { type DoctorReport, isRecord, TRAINER_VERSION } from '../../protocol/index.ts';
import { askTrainer } from '../../runs/index.ts';
import { trainerProgram } from '../trainer.ts';
import { type ExitCode, exitCodes, paint, type World } from '../world.ts';

export async function doctor(world: World, options: { readonly json: boolean }): Promise<ExitCode> {
  const answer = await askTrainer(await trainerProgram(world), { version: TRAINER_VERSION, kind: 'doctor' });
  if (!answer.ok) {
    world.say(answer.error.message);
    return exitCodes.failed;
  }
  const report = answer.lines.find(isReport);
  if (report === undefined) {
    world.say('The trainer ended without a report. Both must come from the same Modelwright.');
    return exitCodes.failed;
  }
  if (options.json) {
    world.print(JSON.stringify(report));
    return exitCodes.done;
  }
  world.print(
    `Node ${report.node}, ${report.platform}, ${report.cores} cores, ${(report.memory / 1e9).toFixed(1)} GB of memory`,
  );
  for (const engine of report.engines) {
    const word = engine.usable ? paint(world, 'green', 'usable') : paint(world, 'yellow', 'not usable');
    world.print(
      `${engine.title} (${engine.id}, ${engine.device}): ${word}${engine.usable ? '' : `: ${engine.reason}`}`,
    );
    for (const step of engine.steps ?? []) {
      const mark = step.ok ? paint(world, 'green', '✓') : paint(world, 'yellow', '✗');
      world.print(`    ${mark} ${step.what}: ${step.found}`);
    }
    if (engine.cure !== '') world.print(`    → ${engine.cure}`);
  }
  return exitCodes.done;
}

function isReport(value: unknown): value is DoctorReport {
  return isRecord(value) && Array.isArray(value.engines) && typeof value.node === 'string';
}
