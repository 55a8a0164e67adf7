/** The way back for cards that were hidden, and to the first arrangement. */
import { PLAIN_LAYOUT } from '../../protocol/index.ts';
import type { Host } from '../host.ts';
import { toggled } from '../layout.ts';
import { t } from '../text/translate.ts';
import { cardTitle } from './cards.ts';
import type { MenuItem } from './menu.tsx';

/** Entries of the run's menu; none while nothing was arranged. */
export function hiddenItems(host: Host): MenuItem[] {
  const { layout, run } = host.store;
  const changed = JSON.stringify(layout.value) !== JSON.stringify(PLAIN_LAYOUT);
  if (!changed) return [];
  return [
    ...layout.value.hidden.map((id) => ({
      text: t('Show the card {0}', cardTitle(run.value, id)),
      run: () => {
        layout.value = toggled(layout.value, 'hidden', id);
      },
    })),
    {
      text: t('Arrange the cards as at first'),
      run: () => {
        layout.value = PLAIN_LAYOUT;
      },
    },
  ];
}
