/** The graph on a page of its own, beside the program. It speaks to the host in the panel's words of the topic `graph`. */
import { signal } from '@preact/signals';
import { type FromPanel, type GraphTell, PANEL_VERSION, readToPanel } from '../../protocol/index.ts';
import type { WebviewApi } from '../host.ts';
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
  questions.listen('graph', (told: GraphTell) => {
    // What the host restores the page by.
    if (told.kind === 'page') api.setState({ uri: told.uri, declaration: told.declaration });
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
  send({ kind: 'ready' });
  return createGraphState(link);
}

export function GraphPage({ state }: { readonly state: GraphState }) {
  return (
    <main class="graph-page">
      <GraphView state={state} wheel={true} />
    </main>
  );
}
