/**
 * A menu button as ARIA describes it: arrows move, Escape closes, an entry may open a list of its own in the same place
 * (arrow right, and arrow left back).
 */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../text/translate.ts';
import { Icon, type IconName } from './icon.tsx';

export interface MenuItem {
  readonly text: string;
  /** What it does, unless it opens `inner`. */
  readonly run?: () => void;
  /** One of several that can be on or off. */
  readonly checked?: boolean;
  /** Entries behind it; they may have to be asked for first. */
  readonly inner?: () => readonly MenuItem[] | Promise<readonly MenuItem[]>;
}

interface MenuProps {
  readonly label: string;
  readonly icon: IconName;
  /** Made when the menu opens. */
  readonly items: () => readonly MenuItem[];
}

/** Opens below its button. */
export function Menu({ label, icon, items }: MenuProps) {
  const shown = useSignal<readonly MenuItem[] | undefined>(undefined);
  const inside = useSignal(false);
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => entriesOf(list.current)[0]?.focus(), [shown.value]);
  const close = () => {
    shown.value = undefined;
    button.current?.focus();
  };
  const replace = (next: readonly MenuItem[], inner: boolean) => {
    // The focus waits on the list, or taking its entry away would close the menu.
    list.current?.focus();
    inside.value = inner;
    shown.value = next;
  };
  const choose = async (item: MenuItem) => {
    if (item.inner === undefined) {
      close();
      item.run?.();
      return;
    }
    const inner = await item.inner();
    replace([{ text: `‹ ${t('Back')}`, run: () => undefined }, ...inner], true);
  };
  const back = () => replace(items(), false);
  const onKeyDown = (event: KeyboardEvent) => {
    const entries = entriesOf(list.current);
    const at = entries.findIndex((entry) => entry.matches(':focus'));
    const item = shown.value?.[at];
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') entries[(at + 1) % entries.length]?.focus();
    else if (event.key === 'ArrowUp') entries.at(at <= 0 ? -1 : at - 1)?.focus();
    else if (event.key === 'Home') entries[0]?.focus();
    else if (event.key === 'End') entries.at(-1)?.focus();
    else if (event.key === 'ArrowRight' && item?.inner !== undefined) void choose(item);
    else if (event.key === 'ArrowLeft' && inside.value) back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocusOut = (event: FocusEvent) => {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !list.current?.contains(to)) shown.value = undefined;
  };
  return (
    <div class="menu">
      <button
        ref={button}
        type="button"
        class="quiet"
        aria-haspopup="menu"
        aria-expanded={shown.value !== undefined}
        aria-label={label}
        title={label}
        onClick={() => {
          inside.value = false;
          shown.value = shown.value === undefined ? items() : undefined;
        }}
      >
        <Icon name={icon} />
      </button>
      {shown.value === undefined ? null : (
        <div ref={list} class="menu-list" role="menu" tabIndex={-1} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
          {shown.value.map((item, index) => (
            <button
              key={item.text}
              type="button"
              {...roleOf(item)}
              tabIndex={-1}
              onClick={() => (inside.value && index === 0 ? back() : void choose(item))}
            >
              <span class="tick" aria-hidden="true">
                {item.checked === true ? '✓' : ''}
              </span>
              <span class="menu-text">{item.text}</span>
              {item.inner === undefined ? null : <span aria-hidden="true">›</span>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** Only what can be ticked has a tick. */
function roleOf(item: MenuItem) {
  if (item.inner !== undefined) return { role: 'menuitem', 'aria-haspopup': 'menu' } as const;
  return item.checked === undefined
    ? ({ role: 'menuitem' } as const)
    : ({ role: 'menuitemcheckbox', 'aria-checked': item.checked } as const);
}

function entriesOf(list: HTMLElement | null): HTMLElement[] {
  return list === null ? [] : [...list.querySelectorAll<HTMLElement>('button')];
}
