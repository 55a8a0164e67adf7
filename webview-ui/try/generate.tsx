/** What the model makes by itself: text token by token, or examples from numbers by chance. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { TryModel, UseGenerateAnswer, UseGenerateAsk } from '../../protocol/index.ts';
import { useHost } from '../context.ts';

let streams = 0;

type Made<K extends UseGenerateAsk['kind']> = Extract<UseGenerateAnswer, { kind: K }>;

/** Asking for something to be made, stopping it, and what came of it. */
export function useGenerate<K extends UseGenerateAsk['kind']>(kind: K) {
  const host = useHost();
  const stream = useRef(0);
  const busy = useSignal(false);
  const trouble = useSignal('');
  const model = useSignal<TryModel | undefined>(undefined);
  const stop = () => {
    if (busy.value) void host.ask('try', { kind: 'stop', stream: stream.current }).catch(() => undefined);
  };
  // Nobody reads on once the tab is gone.
  useEffect(() => stop, []);
  const start = async (ask: Extract<UseGenerateAsk, { kind: K }>): Promise<Made<K> | undefined> => {
    stream.current = ++streams;
    busy.value = true;
    trouble.value = '';
    try {
      const answered = await host.ask('try', { kind: 'generate', stream: stream.current, ask });
      if (answered.kind !== 'generate') return undefined;
      model.value = answered.model;
      return isOf(answered.answer, kind) ? answered.answer : undefined;
    } catch (error) {
      trouble.value = error instanceof Error ? error.message : String(error);
      return undefined;
    } finally {
      busy.value = false;
    }
  };
  return { host, stream, busy, trouble, model, start, stop };
}

function isOf<K extends UseGenerateAsk['kind']>(answer: UseGenerateAnswer, kind: K): answer is Made<K> {
  return answer.kind === kind;
}

export function Trouble({ text }: { readonly text: string }) {
  return text === '' ? null : (
    <p class="trouble" role="alert">
      {text}
    </p>
  );
}
