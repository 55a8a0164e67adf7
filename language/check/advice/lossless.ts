/** A loss in which no output of the model stands: it is what it is, whatever the weights are. */
import { report } from '../report.ts';
import { namesIn } from './expressions.ts';
import type { Run } from './run.ts';

export function adviseLoss({ declaration, checked, frame, value }: Run): void {
  const loss = value('loss');
  if (!loss) return;
  const names = new Set(namesIn(loss));
  // Names bound in the section stand for what they are made of; later ones may use earlier ones.
  for (const item of [...declaration.body].reverse()) {
    if (item.kind !== 'bind' || !item.parts.some((part) => names.has(part.name.text))) continue;
    for (const name of namesIn(item.value)) names.add(name);
  }
  const { outputs, scope } = checked.parts;
  const layers = [...scope.names.values()].filter(({ what }) => what === 'layer').map(({ name }) => name);
  if ([...outputs.map(({ name }) => name), ...layers].some((name) => names.has(name))) return;
  const first = outputs.map(({ name }) => name).join(', ');
  report(frame, loss, { message: { key: 'train/loss-without-output', values: { outputs: first } } });
}
