/**
 * Outputs that no loss looks at are silent, unless weights stand behind them that get no gradient from any loss: those are
 * never trained, which is hardly meant.
 */

import type { Ref } from '../plan/plan.ts';
import { createRecorder, type GraphRecorder } from '../plan/recorder.ts';
import type { Chunk, RunDecl } from '../syntax/tree.ts';
import { newSession, topFrame } from './declaration.ts';
import type { Frame } from './frame.ts';
import { reportAt } from './report.ts';
import { type CheckedRun, checkRun } from './run.ts';

/** Larger models are not walked again for this. */
const STEP_LIMIT = 5000;

/** Warns at each output whose weights nothing trains. Costs a second walk, so only where an output is left out of the loss. */
export function warnUntrained(declaration: RunDecl, checked: CheckedRun, frame: Frame): void {
  const { outputs } = checked.parts;
  const text = [lossText(declaration, frame.chunk), ...otherLosses(declaration, frame)].join('\n');
  const silent = outputs.filter(
    ({ name }) => !new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'u').test(text),
  );
  if (outputs.length < 2 || silent.length === 0 || frame.session.steps > STEP_LIMIT) return;
  const recorder = createRecorder();
  const again = topFrame(newSession(frame.session.program, recorder), frame.chunk, '', undefined);
  const recorded = checkRun(declaration, again.frame);
  if (!recorded?.loss) return;
  const trained = weightsBehind([recorded.loss], recorder);
  for (const { name, value, statement } of recorded.parts.outputs) {
    if (value.kind !== 'tensor' || !value.ref || !silent.some((output) => output.name === name)) continue;
    const behind = [...weightsBehind([value.ref], recorder)];
    const untrained = behind.filter((index) => recorder.weights[index]?.def.trainable && !trained.has(index));
    const first = untrained[0] === undefined ? undefined : recorder.weights[untrained[0]];
    if (!first) continue;
    const span = statement.name ?? statement;
    const { chunk } = recorded.parts.target;
    const here = chunk.file === frame.chunk.file;
    const key = declaration.model[0] ?? declaration.keyword;
    const at = here
      ? { chunk, start: span.start, end: span.end }
      : { chunk: frame.chunk, start: key.start, end: key.end };
    const values = { output: name, weight: first.path, count: untrained.length };
    reportAt(frame, at, { severity: 'warning', message: { key: 'train/untrained', values } });
  }
}

function lossText(run: RunDecl, { text }: Chunk): string {
  const loss = run.body.filter((item) => item.kind === 'bind' || item.key.text === 'loss');
  return loss.map((item) => text.slice(item.start, item.end)).join('\n');
}

/** A model may be trained in rounds, one head after the other: what another `train` of it looks at is trained there. */
function otherLosses(declaration: RunDecl, { chunk, session: { program } }: Frame): readonly string[] {
  const model = declaration.model.map((name) => name.text).join('.');
  return program.names(chunk.file, 'run').flatMap((name): string[] => {
    const found = program.find(chunk.file, name, 'run');
    if (found?.declaration.kind !== 'run' || found.declaration === declaration) return [];
    const same = found.declaration.model.map((one) => one.text).join('.') === model;
    return same ? [lossText(found.declaration, found.chunk)] : [];
  });
}

/** Indices of the weights that values depend on. */
function weightsBehind(refs: readonly Ref[], recorder: GraphRecorder): ReadonlySet<number> {
  const seen = new Set<number>();
  const weights = new Set<number>();
  const waiting = refs.map((ref) => ref.node);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = recorder.nodes[id];
    if (seen.has(id) || !node) continue;
    seen.add(id);
    for (const index of Object.values(node.weights)) weights.add(index);
    for (const value of Object.values(node.inputs)) {
      for (const ref of 'node' in value ? [value] : value) waiting.push(ref.node);
    }
  }
  return weights;
}
