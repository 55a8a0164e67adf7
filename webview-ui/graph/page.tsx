/** The graph on a page of its own, beside the program. It speaks to the host in the panel's words of the topic `graph`. */
import { effect, signal } from '@preact/signals';
import { type FromPanel, type GraphTell, isRecord, PANEL_VERSION, readToPanel } from '../../protocol/index.ts';
import type { WebviewApi } from '../host.ts';
import { createKept } from '../kept.ts';
import { createQuestions } from '../questions.ts';
import { setTexts } from '../text/translate.ts';
import { GraphView } from './graph-view.tsx';
import { createGraphState, type GraphLink, type GraphState } from './state.ts';

type Body<M> = M extends { readonly version: unknown } ? Omit<M, 'version'> : never;

/** Opens the line to the host and says that the page is ready. */
export function connectGraph(api: WebviewApi, source: EventTarget): GraphState {
  const send = (message: Body<FromPanel>) => api.postMessage({ version: PANEL_VERSION, ...message });
  const questions = createQuestions((request, topic, body) => {
    // The pair is of one topic by the signature of `ask`; a union can't say so.
    send({ kind: 'ask', request, topic, body } as Body<FromPanel>);
  });
  source.addEventListener('message', (event) => {
    const message = event instanceof MessageEvent ? readToPanel(event.data) : undefined;
    if (message?.kind === 'texts') setTexts(message.locale, message.texts);
    if (message?.kind === 'answer' || message?.kind === 'refused' || message?.kind === 'tell')
      questions.receive(message);
  });
  const before = api.getState();
  const kept = createKept(isRecord(before) ? before.kept : undefined);
  // What the host restores the page by.
  const target = signal(readPageState(before));
  questions.listen('graph', (told: GraphTell) => {
    if (told.kind === 'page') target.value = told;
  });
  const link: GraphLink = {
    ask: (body) => questions.ask('graph', body),
    listen: (heard) => questions.listen('graph', heard),
    failed: (error) =>
      send({
        kind: 'failed',
        where: 'Graph',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
    gradients: signal(undefined),
  };
  const state = createGraphState(link, kept);
  effect(() => {
    const { uri, declaration } = target.value ?? {};
    if (uri !== undefined) api.setState({ uri, declaration, kept: kept.all.value });
  });
  send({ kind: 'ready' });
  return state;
}

interface PageState {
  readonly uri: string;
  readonly declaration: string | undefined;
}

/** What was kept of the page; undefined where it is new. */
function readPageState(value: unknown): PageState | undefined {
  if (!isRecord(value) || typeof value.uri !== 'string') return undefined;
  const declaration = typeof value.declaration === 'string' ? value.declaration : undefined;
  return { uri: value.uri, declaration };
}

export function GraphPage({ state }: { readonly state: GraphState }) {
  return (
    <main class="graph-page">
      <GraphView state={state} wheel={true} />
    </main>
  );
}
