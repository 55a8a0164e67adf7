/** Precision, recall and F1 of each class as bars with whiskers. */
import { useState } from 'preact/hooks';
import type { ClassFigures, Figure } from '../../protocol/index.ts';
import { count, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { between, FigureBar, FigureText, intervalTitle } from './figure.tsx';

interface PerClassProps {
  readonly classes: readonly string[];
  readonly figures: readonly (ClassFigures & { readonly auc?: Figure })[];
  readonly macro: Figure | undefined;
}

/** Rows that are shown before one asks for the rest. */
const FIRST = 30;

export function PerClass({ classes, figures, macro }: PerClassProps) {
  const [whole, setWhole] = useState(false);
  const [intervals, setIntervals] = useState(false);
  const shown = whole ? figures : figures.slice(0, FIRST);
  const withAuc = figures.some(({ auc }) => auc !== undefined);
  return (
    <section class="card">
      <div class="card-head">
        <h2>{t('Per class')}</h2>
        {macro === undefined ? null : (
          <span class="soft">
            {t('macro F1')} <FigureText figure={macro} />
          </span>
        )}
        <button type="button" class="toggle" aria-pressed={intervals} onClick={() => setIntervals(!intervals)}>
          {t('intervals')}
        </button>
      </div>
      <div class="scroll tall">
        <table class="plain per-class">
          <thead>
            <tr>
              <th scope="col">{t('class')}</th>
              <th scope="col">{t('precision')}</th>
              <th scope="col">{t('recall')}</th>
              <th scope="col">F1</th>
              {withAuc ? <th scope="col">AUC</th> : null}
              <th scope="col">{t('rows')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ precision, recall, f1, auc, support }, i) => (
              <tr key={classes[i]}>
                <th scope="row" title={classes[i] ?? ''}>
                  {classes[i] === '' ? t('empty') : classes[i]}
                </th>
                <td>
                  <FigureBar figure={precision} />
                  {intervals ? <small class="between">{between(precision)}</small> : null}
                </td>
                <td>
                  <FigureBar figure={recall} />
                  {intervals ? <small class="between">{between(recall)}</small> : null}
                </td>
                <td>
                  <span title={intervalTitle(f1)}>{number(f1.value, 3)}</span>
                  {intervals ? <small class="between">{between(f1)}</small> : null}
                </td>
                {withAuc ? <td>{number(auc?.value, 3)}</td> : null}
                <td class="soft">{count(support)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {figures.length > shown.length ? (
        <button type="button" class="link" onClick={() => setWhole(true)}>
          {t('show all {0}', count(figures.length))}
        </button>
      ) : null}
    </section>
  );
}
