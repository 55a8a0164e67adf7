/** What only the weights tell: asked of the host, which has it from a process that holds the model warm. Answers are kept. */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { UseLayersAnswer, UseLayersAsk } from '../../protocol/index.ts';
import { useHost } from '../context.ts';

/** While a run trains, looking takes a part of the machine: then a person says when. */
export const looking = signal(false);

/** The row of the data that is looked at. */
export const example = signal({ part: 'validation' as const, index: 0 });

export interface Inside<K extends UseLayersAsk['kind']> {
  readonly answer: Extract<UseLayersAnswer, { kind: K }> | undefined;
  /** Step of the weights. */
  readonly step: number;
  readonly trouble: string;
  /** The answer is on its way; what is shown meanwhile is an earlier one. */
  readonly busy: boolean;
}

/** Milliseconds that looking at rows for a layer took last: how large the model is, to what takes longer. */
export const effort = signal<number | undefined>(undefined);

/** A layer was looked at: what takes longer comes after it. */
export const layerIsKnown = signal(false);
/** A score is explained unasked. */
export const explains = signal(false);
/** Milliseconds for a layer up to which it is: a score takes about as long. */
export const QUICK = 1000;

type Asked = { readonly answer?: UseLayersAnswer; readonly step: number; readonly trouble: string };

/** By question; the latest ones are kept. */
const answers = signal<ReadonlyMap<string, Asked>>(new Map());
const KEPT = 24;

/** The answer to a question, or while it is on its way the one before of the same layer; undefined where there is none. */
export function useInside<K extends UseLayersAsk['kind']>(
  ask: Extract<UseLayersAsk, { kind: K }> | undefined,
): Inside<K> {
  const host = useHost();
  const folder = host.store.head.value?.folder ?? '';
  // What was looked at is over when a newer checkpoint is there.
  const checkpoint = host.store.run.value.checkpoints.at(-1)?.seq ?? 0;
  const key = ask === undefined ? '' : `${folder} ${checkpoint} ${JSON.stringify(ask)}`;
  useEffect(() => {
    if (ask === undefined || answers.value.has(key)) return;
    let over = false;
    const take = (found: Asked) => {
      if (!over) answers.value = new Map([...[...answers.value].slice(1 - KEPT), [key, found]]);
    };
    host.ask('layers', { kind: 'inside', ask }).then(
      (answer) => {
        if (answer.kind !== 'inside') return;
        if (looksAtRows(ask)) effort.value = answer.ms;
        take({ answer: answer.answer, step: answer.step, trouble: '' });
      },
      (error: unknown) => take({ step: 0, trouble: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      over = true;
    };
  }, [key]);
  const before = useRef<Asked | undefined>(undefined);
  const found = answers.value.get(key);
  if (found !== undefined) before.current = found;
  const shown = found ?? before.current;
  const answer = shown?.answer;
  const fits = ask !== undefined && answer?.kind === ask.kind && isOfLayer(answer, ask);
  return {
    answer: fits ? (answer as Extract<UseLayersAnswer, { kind: K }>) : undefined,
    step: shown?.step ?? 0,
    trouble: found?.trouble ?? '',
    busy: found === undefined && ask !== undefined,
  };
}

function looksAtRows(ask: UseLayersAsk): boolean {
  return ask.kind === 'distribution' && ask.only === undefined;
}

/** What is told of one layer is not shown as another's. */
function isOfLayer(answer: UseLayersAnswer, ask: UseLayersAsk): boolean {
  return !('path' in answer) || !('path' in ask) || answer.path === ask.path;
}

/** Numbers from the base64 of their float32 bytes. */
export function floatsOf(base64: string): Float32Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length - (text.length % 4));
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return new Float32Array(bytes.buffer);
}
