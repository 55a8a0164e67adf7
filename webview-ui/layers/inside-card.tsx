/** What is inside of the chosen layer, and of the model for an example. While a run trains, a person says when to look. */
import { useEffect } from 'preact/hooks';
import { useHost } from '../context.ts';
import { Waits } from '../parts/waits.tsx';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { AttentionCard } from './attention-card.tsx';
import { Distribution } from './distribution.tsx';
import { Filters } from './filters.tsx';
import { hasWeights } from './heat.ts';
import { effort, explains, layerIsKnown, looking, QUICK, useInside } from './inside.ts';
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
  const learns = (layer !== undefined && layer.parameters > 0) || hasWeights(store.run.value.layers, path);
  const own = learns ? path : undefined;
  // A layer that learns nothing and was never looked at (`Flatten`) has nothing to show.
  const observed = store.run.value.layers.some(({ results }) => results[path] !== undefined);
  const asks = own !== undefined || observed;
  // The weights are there at once, what takes a look at rows comes after them.
  const weights = useInside<'distribution'>(
    own === undefined ? undefined : { kind: 'distribution', path, only: 'weights' },
  );
  const filters = useInside<'filters'>(own === undefined ? undefined : { kind: 'filters', path: own });
  const rows = useInside<'distribution'>(asks ? { kind: 'distribution', path } : undefined);
  useEffect(() => {
    if (asks && rows.busy) return;
    layerIsKnown.value = true;
    if ((effort.value ?? 0) < QUICK) explains.value = true;
  }, [asks, rows.busy]);
  if (!asks) return null;
  const distribution = rows.answer === undefined ? weights : rows;
  const { answer } = distribution;
  return (
    <section class="card full" data-card="inside" aria-busy={rows.busy}>
      <div class="layers-head">
        <h2>{t('Inside {0}', nameOf(path))}</h2>
        {answer === undefined ? null : <p class="soft">{t('step {0}', count(distribution.step))}</p>}
        {rows.busy ? (
          <p class="soft" role="status">
            <Waits
              otherwise={
                answer === undefined ? t('Opening the model…') : t('Looking at gradients and activations of some rows…')
              }
            />
          </p>
        ) : null}
      </div>
      {rows.trouble === '' ? null : (
        <p class="empty" role="alert">
          {rows.trouble}
        </p>
      )}
      {answer === undefined ? null : <Distribution answer={answer} />}
      {filters.answer === undefined ? null : <Filters answer={filters.answer} />}
    </section>
  );
}
