/** How many frames fit into a sound, with the reason. */
import { add, constant, type Dim, floorDivide, known, order, printDim, subtract } from '../../shapes/dim.ts';
import type { Refusal, RuleContext } from '../entry.ts';
import { atSetting, refuse, setTo } from '../refuse.ts';

/** (n − frame) // step + 1; refused where the sound is shorter than one frame. */
export function slideFrames(
  context: RuleContext,
  callee: string,
  length: Dim,
  { frame, step }: { readonly frame: Dim; readonly step: Dim },
): Dim | Refusal {
  if (order(length, frame) === 'less') {
    const values = { callee, length: printDim(length), frame: printDim(frame) };
    const whole = constant(length);
    const fixes = whole === undefined ? [] : [setTo('shape/frame/whole', 'frame', String(whole))];
    return refuse('shape/frame', values, { at: atSetting('frame'), blame: [length, frame], fixes });
  }
  const frames = add(floorDivide(subtract(length, frame), step), known(1));
  const values = { frames: printDim(frames), length: printDim(length), frame: printDim(frame), step: printDim(step) };
  return context.because(frames, { key: 'why/frames', values }, [length]);
}
