/** What can be done with a card: a menu at the end of its first row, and its heading as a handle for dragging. */
import type { ComponentChildren } from 'preact';
import { LINE_COLOURS, type LineColour, type PanelLayout } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { COLOURED_LINES, coloured, moved, placedAt, toggled } from '../layout.ts';
import type { PanelStore } from '../store.ts';
import { t } from '../text/translate.ts';
import { cardsOf, cardTitle } from './cards.ts';
import { Menu, type MenuItem } from './menu.tsx';

interface CardToolsProps {
  readonly id: string;
  /** Lines whose colour can be chosen, and what they are called. */
  readonly lines?: () => readonly (readonly [line: string, name: string])[];
  /** Further entries. */
  readonly items?: readonly MenuItem[];
}

export function CardTools({ id, lines = () => [], items = [] }: CardToolsProps) {
  const { store } = useHost();
  const title = cardTitle(store.run.value, id);
  return (
    <span class="card-tools">
      <Menu
        label={t('Card {0}', title)}
        icon="more"
        items={() => [...items, ...arrange(store, id), ...colours(store, lines())]}
      />
    </span>
  );
}

function arrange({ layout, run }: PanelStore, id: string): MenuItem[] {
  const set = (change: (layout: PanelLayout) => PanelLayout) => () => {
    layout.value = change(layout.value);
  };
  const ids = cardsOf(run.value);
  const move = (text: string, by: number): MenuItem[] => {
    const next = moved(layout.value, ids, id, by);
    return next === layout.value ? [] : [{ text, run: set(() => next) }];
  };
  return [
    { text: t('Pin'), checked: layout.value.pinned.includes(id), run: set((each) => toggled(each, 'pinned', id)) },
    { text: t('Enlarge'), checked: layout.value.large.includes(id), run: set((each) => toggled(each, 'large', id)) },
    ...move(t('Move forward'), -1),
    ...move(t('Move back'), 1),
    { text: t('Hide'), run: set((each) => toggled(each, 'hidden', id)) },
  ];
}

function colours({ layout }: PanelStore, lines: readonly (readonly [string, string])[]): MenuItem[] {
  return lines.flatMap(([line, name]): MenuItem[] => {
    if (!Object.hasOwn(COLOURED_LINES, line)) return [];
    const entry = (text: string, colour: LineColour | undefined): MenuItem => ({
      text,
      checked: layout.value.colours[line] === colour,
      run: () => {
        layout.value = coloured(layout.value, line, colour);
      },
    });
    return [
      {
        text: t('Colour of {0}', name),
        inner: () => [
          entry(t('its own'), undefined),
          ...LINE_COLOURS.map((colour) => entry(colourName(colour), colour)),
        ],
      },
    ];
  });
}

function colourName(colour: LineColour): string {
  switch (colour) {
    case 'blue':
      return t('blue');
    case 'orange':
      return t('orange');
    case 'purple':
      return t('purple');
    case 'green':
      return t('green');
    case 'yellow':
      return t('yellow');
    case 'red':
      return t('red');
    default:
      return assertNever(colour);
  }
}

interface SlotProps {
  readonly id: string;
  readonly span: 'half' | 'third' | 'quarter' | 'full';
  readonly children: ComponentChildren;
}

const DRAGGED = 'application/x-modelwright-card';

/** The place of a card in the grid: as wide as the layout says, and where others can be dropped. */
export function CardSlot({ id, span, children }: SlotProps) {
  const { store } = useHost();
  const { layout, run } = store;
  const large = layout.value.large.includes(id);
  const classes = [
    'slot',
    large ? 'full' : span,
    large ? 'large' : '',
    layout.value.pinned.includes(id) ? 'pinned' : '',
  ];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is for the mouse; the card's menu moves it by keyboard.
    <div
      class={classes.filter((each) => each !== '').join(' ')}
      data-slot={id}
      onDragStart={(event) => event.dataTransfer?.setData(DRAGGED, id)}
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes(DRAGGED)) event.preventDefault();
      }}
      onDrop={(event) => {
        const from = event.dataTransfer?.getData(DRAGGED) ?? '';
        if (from === '') return;
        event.preventDefault();
        layout.value = placedAt(layout.value, cardsOf(run.value), from, id);
      }}
    >
      {children}
    </div>
  );
}

function assertNever(value: never): never {
  throw new Error(`Unknown colour: ${JSON.stringify(value)}`);
}
