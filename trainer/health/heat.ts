/** A GPU that is so hot that its driver slows it down: told once, and again when it has cooled. */
import { FINDING_TEXTS, type MachineLoad, told as tellWords } from '../../protocol/index.ts';
import type { RunWriter } from '../run/writer.ts';

/** Degrees Celsius from which GPUs of all makers slow themselves down, or nearly so. */
const HOT = 88;
/** It is told as cooled below this. */
const COOL = 82;
/** So many looks in a row, one a second, must find it hot. */
const LOOKS = 10;

/** Hears what the machine does, where there is something to hear, and gives it back. */
export function watchHeat(
  writer: Pick<RunWriter, 'say'>,
): (load: MachineLoad | undefined, step: number) => MachineLoad | undefined {
  let hot = 0;
  let told: number | undefined;
  return (load, step) => {
    const degrees = load?.gpuTemperature;
    if (degrees === undefined) return load;
    hot = degrees >= HOT ? hot + 1 : 0;
    if (told === undefined && hot >= LOOKS) {
      told = writer.say({
        kind: 'problem',
        code: 'train/hot',
        severity: 'warning',
        ...tellWords([FINDING_TEXTS.hot, degrees, LOOKS]),
        step,
        place: undefined,
      }).seq;
    } else if (told !== undefined && degrees < COOL) {
      writer.say({ kind: 'settled', step, problem: told });
      told = undefined;
    }
    return load;
  };
}
