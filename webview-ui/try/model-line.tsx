/** Which checkpoint answered, how fast, on what. */
import type { TryModel } from '../../protocol/index.ts';
import { checkpointText } from '../text/checkpoint.ts';
import { engineTitle } from '../text/engine-reason.ts';
import { number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';

export function ModelLine({ model }: { readonly model: TryModel | undefined }) {
  if (model === undefined) return null;
  const { checkpoint, engine, ms } = model;
  const name = checkpointText(checkpoint);
  const best = checkpoint.best ? `, ${t('best')}` : '';
  return (
    <span class="soft model-line" title={`${checkpoint.path} · ${engineTitle(engine)}`}>
      {`${name}${best} · ${number(Math.max(ms, 0.1), 2)} ms`}
    </span>
  );
}
