/** The menu behind "…": what is done with a run now and then. A menu button as ARIA describes it. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { PanelCommand, PanelHead } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { t } from '../text/translate.ts';
import { Icon } from './icon.tsx';

interface Item {
  readonly text: string;
  readonly command: PanelCommand;
  readonly argument?: number;
  readonly checked?: boolean;
}

interface RunMenuProps {
  readonly head: PanelHead;
  readonly alive: boolean;
}

/** Opens below its button; arrows move, Escape closes. */
export function RunMenu({ head, alive }: RunMenuProps) {
  const host = useHost();
  const open = useSignal(false);
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useSignalEffect(() => {
    if (open.value) requestAnimationFrame(() => entriesOf(list.current)[0]?.focus());
  });
  const close = () => {
    open.value = false;
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      step(list.current, event.key === 'ArrowDown' ? 1 : -1);
    else return;
    event.preventDefault();
  };
  const onFocusOut = (event: FocusEvent) => {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !list.current?.contains(to)) open.value = false;
  };
  return (
    <div class="menu">
      <button
        ref={button}
        type="button"
        class="quiet"
        aria-haspopup="menu"
        aria-expanded={open.value}
        aria-label={t('More actions')}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Icon name="more" />
      </button>
      {open.value ? (
        <div ref={list} class="menu-list" role="menu" tabIndex={-1} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
          {itemsOf(head, alive).map((item) => (
            <button
              key={item.text}
              type="button"
              {...roleOf(item)}
              tabIndex={-1}
              onClick={() => {
                close();
                host.command(item.command, item.argument);
              }}
            >
              <span class="tick" aria-hidden="true">
                {item.checked === true ? '✓' : ''}
              </span>
              {item.text}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}

function itemsOf(head: PanelHead, alive: boolean): Item[] {
  const living: Item[] = [
    { text: t('Change learning rate…'), command: 'rate' },
    { text: t('Save a checkpoint now'), command: 'snapshot' },
    {
      text: t('Keep training when VS Code closes'),
      command: 'keepGoing',
      argument: head.keepGoing ? 0 : 1,
      checked: head.keepGoing,
    },
  ];
  return [
    ...(alive && head.state !== 'preparing' ? living : []),
    { text: t('Show metrics as text'), command: 'showText' },
    { text: t('Show log'), command: 'showLog' },
    { text: t('Open the program as it was'), command: 'showProgram' },
    { text: t('Reveal the run folder'), command: 'showFolder' },
  ];
}

/** Only what can be ticked has a tick. */
function roleOf(item: Item): { role: 'menuitem' } | { role: 'menuitemcheckbox'; 'aria-checked': boolean } {
  return item.checked === undefined ? { role: 'menuitem' } : { role: 'menuitemcheckbox', 'aria-checked': item.checked };
}

function entriesOf(list: HTMLElement | null): HTMLElement[] {
  return list === null ? [] : [...list.querySelectorAll<HTMLElement>('button')];
}

function step(list: HTMLElement | null, by: number): void {
  const entries = entriesOf(list);
  const at = entries.findIndex((entry) => entry.matches(':focus'));
  entries[(at + by + entries.length) % entries.length]?.focus();
}
