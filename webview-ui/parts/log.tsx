/** The log of the run. Only the lines in sight are in the page; it follows the end unless one has scrolled up. */
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { joined, LOG_TEXTS, type LogLine, PROBLEM_TEXTS, type Say, sentencesOf } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { endText } from '../text/end-words.ts';
import { logWords } from '../text/log-words.ts';
import { locale, t } from '../text/translate.ts';

const LINE = 20;
const BEYOND = 10;

/** A window onto the lines. */
export function LogTab() {
  const host = useHost();
  const lines = linesOf(host.store.run.value.log);
  const box = useRef<HTMLDivElement>(null);
  const top = useSignal(0);
  const height = useSignal(400);
  const follows = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const sizes = new ResizeObserver(() => {
      height.value = element.clientHeight;
    });
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null && follows.current) element.scrollTop = element.scrollHeight;
  }, [lines.length]);
  const from = Math.max(0, Math.floor(top.value / LINE) - BEYOND);
  const to = Math.min(lines.length, Math.ceil((top.value + height.value) / LINE) + BEYOND);
  return (
    <div class="log-tab">
      <div
        ref={box}
        class="log"
        role="log"
        aria-live="off"
        aria-label={t('Log of the run')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard.
        tabIndex={0}
        onScroll={(event) => {
          const element = event.currentTarget;
          top.value = element.scrollTop;
          follows.current = element.scrollTop + element.clientHeight >= element.scrollHeight - LINE;
        }}
      >
        <div style={{ height: `${lines.length * LINE}px` }}>
          <div style={{ transform: `translateY(${from * LINE}px)` }}>
            {lines.slice(from, to).map((line, index) => (
              <div key={from + index} class={`log-line ${line.level}`}>
                <time>{line.time}</time>
                <span>{line.text}</span>
              </div>
            ))}
          </div>
        </div>
      </div>
      {lines.length === 0 ? <p class="empty">{t('Nothing has been logged.')}</p> : null}
      <p class="after-log">
        <button type="button" class="link" onClick={() => host.command('showLog')}>
          {t('Open the whole log')}
        </button>
      </p>
    </div>
  );
}

interface Line {
  readonly time: string;
  readonly text: string;
  readonly level: LogLine['level'];
}

/** Templates that are told; a file of another version may have others. */
const KNOWN: ReadonlySet<string> = new Set([...Object.values(LOG_TEXTS), ...PROBLEM_TEXTS]);

function worded({ text, words, reason }: LogLine): string {
  const say: Say = (template, ...values) =>
    t(template, ...values.map((value) => (value === reason ? endText(reason) : value)));
  const sentences = sentencesOf(words, KNOWN, say);
  return sentences === undefined ? logWords(text) : joined(sentences);
}

/** Escape sequences of terminals: ESC, `[`, numbers, a letter. */
const CONTROL = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g');

/** The last moment of a `Date`, in milliseconds. */
const LAST_MOMENT = 8.64e15;

/** An event may hold several lines; colours of terminals are taken out. */
export function linesOf(log: readonly LogLine[]): Line[] {
  const clock = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  // A damaged file may name a moment beyond all dates.
  const moment = (time: number): string => (Math.abs(time) <= LAST_MOMENT ? clock.format(time) : '');
  return log.flatMap((event) =>
    worded(event)
      .replace(CONTROL, '')
      .split('\n')
      .map((text, index) => ({ text, level: event.level, time: index === 0 ? moment(event.time) : '' })),
  );
}
