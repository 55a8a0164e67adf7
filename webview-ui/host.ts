/**
 * The line to the host: checks what comes in, hands it to the store, acknowledges each update once it has been drawn, and
 * keeps the view state with VS Code.
 */
import { effect } from '@preact/signals';
import {
  type FromPanel,
  isRecord,
  PANEL_VERSION,
  type PanelCommand,
  type PanelTopic,
  type PanelTopics,
  readToPanel,
} from '../protocol/index.ts';
import { createKept, type Kept } from './kept.ts';
import { createQuestions, type Questions } from './questions.ts';
import { createStore, type PanelStore } from './store.ts';
import { TAB_NAMES } from './tabs.ts';
import { setTexts } from './text/translate.ts';
import { readViewState } from './view-state.ts';

/** What VS Code gives a webview. */
export interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

export interface Host {
  readonly store: PanelStore;
  /** What the tabs remember of how they are looked at. */
  readonly kept: Kept;
  command(id: PanelCommand, argument?: number): void;
  /** Asks the host; rejects with its words where it has no answer. */
  ask<T extends PanelTopic>(topic: T, body: PanelTopics[T]['ask']): Promise<PanelTopics[T]['answer']>;
  /** Listens to what the host says of a topic unasked; returns what ends it. */
  listen<T extends PanelTopic>(topic: T, heard: (body: PanelTopics[T]['tell']) => void): () => void;
  /** A card could not be drawn: for the log. */
  failed(where: string, error: unknown): void;
}

type Body<M> = M extends { readonly version: unknown } ? Omit<M, 'version'> : never;

/** Opens the line and says that the panel is ready. */
export function connectHost(api: WebviewApi, source: EventTarget): Host {
  const send = (message: Body<FromPanel>) => api.postMessage({ version: PANEL_VERSION, ...message });
  const before = api.getState();
  const store = createStore((request, view) => send({ kind: 'range', request, view }), readViewState(before));
  const kept = createKept(isRecord(before) ? before.kept : undefined);
  const questions = createQuestions((request, topic, body) => {
    // The pair is of one topic by the signature of `ask`; a union can't say so.
    send({ kind: 'ask', request, topic, body } as Body<FromPanel>);
  });
  source.addEventListener('message', (event) => {
    if (event instanceof MessageEvent) receive({ store, kept, questions, send }, event.data);
  });
  keepState(store, kept, api);
  send({ kind: 'ready' });
  return {
    store,
    kept,
    ask: questions.ask,
    listen: questions.listen,
    command: (id, argument) => send({ kind: 'command', id, argument }),
    failed: (where, error) =>
      send({ kind: 'failed', where, message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  };
}

interface Ends {
  readonly store: PanelStore;
  readonly kept: Kept;
  readonly questions: Questions;
  readonly send: (message: Body<FromPanel>) => void;
}

function receive({ store, kept, questions, send }: Ends, data: unknown): void {
  const message = readToPanel(data);
  if (message === undefined) return;
  switch (message.kind) {
    case 'snapshot':
      store.snapshot(message);
      if (message.head.folder !== store.view.value.folder) {
        const { folder } = message.head;
        // What was chosen for another run says nothing of this one.
        if (store.view.value.folder !== '') kept.forget('');
        store.view.value = { ...store.view.value, folder, zoom: undefined, pinned: undefined, baseline: undefined };
      }
      afterDrawing(() => send({ kind: 'ack', upTo: message.id }));
      return;
    case 'append':
      if (!store.append(message)) {
        send({ kind: 'ready' });
        return;
      }
      afterDrawing(() => send({ kind: 'ack', upTo: message.id }));
      return;
    case 'state':
      store.head.value = message.head;
      return;
    case 'range':
      store.answer(message.request, message.view);
      return;
    case 'answer':
    case 'refused':
    case 'tell':
      questions.receive(message);
      return;
    case 'tab': {
      const tab = TAB_NAMES.find((each) => each === message.tab);
      if (tab !== undefined) store.view.value = { ...store.view.value, tab };
      return;
    }
    case 'gone':
      store.gone.value = message.message;
      return;
    case 'texts':
      setTexts(message.locale, message.texts);
      return;
    default:
      assertNever(message);
  }
}

/** After the frame that shows what was just put into the store. */
function afterDrawing(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then));
}

/** At once and always: it is a small message, and a panel that is hidden a moment later must not have forgotten. */
function keepState(store: PanelStore, kept: Kept, api: WebviewApi): void {
  effect(() => {
    api.setState({ ...store.view.value, kept: kept.all.value });
  });
}

function assertNever(value: never): never {
  throw new Error(`Unknown message: ${JSON.stringify(value)}`);
}
