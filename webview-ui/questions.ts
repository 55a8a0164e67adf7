/** Questions of tabs to the host: each waits for its answer or a refusal; and what the host says of a topic unasked. */
import type { PanelTopic, PanelTopics, ToPanel } from '../protocol/index.ts';

export interface Questions {
  ask<T extends PanelTopic>(topic: T, body: PanelTopics[T]['ask']): Promise<PanelTopics[T]['answer']>;
  listen<T extends PanelTopic>(topic: T, heard: (body: PanelTopics[T]['tell']) => void): () => void;
  receive(message: Extract<ToPanel, { kind: 'answer' | 'refused' | 'tell' }>): void;
}

interface Waiting {
  readonly topic: PanelTopic;
  readonly answered: (body: unknown) => void;
  readonly refused: (error: Error) => void;
}

/** No question asked yet. Bodies were checked against their topic where they came in. */
export function createQuestions(send: (request: number, topic: PanelTopic, body: unknown) => void): Questions {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<PanelTopic, Set<(body: never) => void>>();
  let next = 1;
  return {
    ask(topic, body) {
      const request = next++;
      return new Promise((resolve, refused) => {
        waiting.set(request, { topic, answered: (answer) => resolve(answer as never), refused });
        send(request, topic, body);
      });
    },
    listen(topic, heard) {
      const all = listeners.get(topic) ?? new Set();
      listeners.set(topic, all);
      all.add(heard);
      return () => all.delete(heard);
    },
    receive(message) {
      if (message.kind === 'tell') {
        for (const heard of listeners.get(message.topic) ?? []) heard(message.body as never);
        return;
      }
      const asked = waiting.get(message.request);
      if (asked === undefined || (message.kind === 'answer' && message.topic !== asked.topic)) return;
      waiting.delete(message.request);
      if (message.kind === 'refused') asked.refused(new Error(message.message));
      else asked.answered(message.body);
    },
  };
}
