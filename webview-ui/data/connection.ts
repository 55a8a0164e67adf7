/** The line to the host: what it sends becomes the state of the page, what people do is asked of it. */
import { type Signal, signal } from '@preact/signals';
import {
  DATA_PANEL_VERSION,
  type DataReport,
  type DataWindow,
  type FromDataPanel,
  readToDataPanel,
} from '../../protocol/index.ts';
import type { WebviewApi } from '../host.ts';
import { setTexts } from '../text/translate.ts';

export interface DataConnection {
  readonly view: Signal<DataReport | undefined>;
  readonly reading: Signal<boolean>;
  readonly failure: Signal<string | undefined>;
  /** Every step of each field, or only where it begins and ends. */
  readonly everyStep: Signal<boolean>;
  show(window: DataWindow): void;
  reveal(field: number, stage?: number): void;
}

type Body<M> = M extends { readonly version: unknown } ? Omit<M, 'version'> : never;

/** Opens the line and says that the page is ready. */
export function connectData(api: WebviewApi, source: EventTarget): DataConnection {
  const view = signal<DataReport | undefined>(undefined);
  const reading = signal(true);
  const failure = signal<string | undefined>(undefined);
  const send = (message: Body<FromDataPanel>) => api.postMessage({ version: DATA_PANEL_VERSION, ...message });
  source.addEventListener('message', (event) => {
    const message = event instanceof MessageEvent ? readToDataPanel(event.data) : undefined;
    if (message === undefined) return;
    switch (message.kind) {
      case 'texts':
        setTexts(message.locale, message.texts);
        return;
      case 'reading':
        reading.value = true;
        return;
      case 'view':
        view.value = message.view;
        failure.value = undefined;
        reading.value = false;
        return;
      case 'failed':
        failure.value = message.message;
        reading.value = false;
        return;
      default:
        assertNever(message);
    }
  });
  send({ kind: 'ready' });
  return {
    view,
    reading,
    failure,
    everyStep: signal(false),
    show: (window) => send({ kind: 'show', window }),
    reveal: (field, stage) => send({ kind: 'reveal', field, stage }),
  };
}

function assertNever(value: never): never {
  throw new Error(`Unknown message: ${JSON.stringify(value)}`);
}
