/** What is inside of the chosen layer, and of the model for an example. While a run trains, a person says when to look. */
import { useHost } from '../context.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { AttentionCard } from './attention-card.tsx';
import { Distribution } from './distribution.tsx';
import { Filters } from './filters.tsx';
import { looking, useInside } from './inside.ts';
import { SaliencyCard } from './saliency-card.tsx';
import { chosen, layers, nameOf } from './state.ts';

export function InsideCards() {
  const { store } = useHost();
  const head = store.head.value;
  const trains = head?.state === 'running' || head?.state === 'preparing' || head?.state === 'paused';
  const saved = store.run.value.checkpoints.length > 0;
  if (!saved || (trains && !looking.value)) return <Offer saved={saved} />;
  return (
    <>
      <LayerInside />
      <SaliencyCard />
      {layers.value.attends ? <AttentionCard /> : null}
    </>
  );
}

function Offer({ saved }: { readonly saved: boolean }) {
  return (
    <section class="card full" data-card="inside">
      <div class="layers-head">
        <h2>{t('Inside the model')}</h2>
        <button
          type="button"
          disabled={!saved}
          onClick={() => {
            looking.value = true;
          }}
        >
          {t('Look inside')}
        </button>
        <p class="soft">
          {saved
            ? t(
                'Distributions, filters, what counts for a score: from the latest checkpoint, by a process of its own that takes a part of the machine.',
              )
            : t('Distributions, filters and what counts for a score can be seen once a checkpoint is saved.')}
        </p>
      </div>
    </section>
  );
}

function LayerInside() {
  const { store } = useHost();
  const path = chosen.value;
  const layer = layers.value.byPath.get(path);
  const own = layer !== undefined && layer.parameters > 0 ? layer.path : undefined;
  // A layer that learns nothing and was never looked at (`Flatten`) has nothing to show.
  const observed = store.run.value.layers.some(({ results }) => results[path] !== undefined);
  const asks = own !== undefined || observed;
  const distribution = useInside<'distribution'>(asks ? { kind: 'distribution', path } : undefined);
  const filters = useInside<'filters'>(own === undefined ? undefined : { kind: 'filters', path: own });
  if (!asks) return null;
  const waits = distribution.answer === undefined && distribution.trouble === '';
  return (
    <section class="card full" data-card="inside" aria-busy={distribution.busy}>
      <div class="layers-head">
        <h2>{t('Inside {0}', nameOf(path))}</h2>
        {distribution.answer === undefined ? null : <p class="soft">{t('step {0}', count(distribution.step))}</p>}
      </div>
      {waits ? <p class="empty">{t('Looking…')}</p> : null}
      {distribution.trouble === '' ? null : (
        <p class="empty" role="alert">
          {distribution.trouble}
        </p>
      )}
      {distribution.answer === undefined ? null : <Distribution answer={distribution.answer} />}
      {filters.answer === undefined ? null : <Filters answer={filters.answer} />}
    </section>
  );
}
