/** Answers the Try it tab: the run's warm model is asked; a text that comes token by token is told as it comes. */
import { PANEL_VERSION, type TryAnswer, type TryAsk, type TryModel } from '../../protocol/index.ts';
import type { WarmAnswer } from '../use/warm-models.ts';
import { askModel } from '../use/warm-models.ts';
import type { AskContext } from './answers.ts';

/** What is being generated, by run and number. */
const streams = new Map<string, AbortController>();

/** The answer, or an error whose message is the refusal. */
export async function answerTry(ask: TryAsk, context: AskContext): Promise<TryAnswer> {
  const { services, run } = context;
  const { folder } = run;
  switch (ask.kind) {
    case 'form': {
      const answer = await askModel(services, folder, 'form', {});
      return { kind: 'form', model: modelOf(answer), answer: answer.body };
    }
    case 'predict': {
      const answer = await askModel(services, folder, 'predict', ask.ask);
      return { kind: 'predict', model: { ...modelOf(answer), ms: answer.body.ms }, answer: answer.body };
    }
    case 'example': {
      const answer = await askModel(services, folder, 'example', ask.ask);
      return { kind: 'example', model: { ...modelOf(answer), ms: answer.body.ms }, answer: answer.body };
    }
    case 'generate':
      return generate(ask, context);
    case 'stop':
      streams.get(`${folder} ${ask.stream}`)?.abort();
      return { kind: 'stopped' };
    default:
      return assertNever(ask);
  }
}

async function generate(
  { stream, ask }: Extract<TryAsk, { kind: 'generate' }>,
  { services, run }: AskContext,
): Promise<TryAnswer> {
  const { folder } = run;
  const name = `${folder} ${stream}`;
  const abort = new AbortController();
  streams.set(name, abort);
  try {
    const answer = await askModel(services, folder, 'generate', ask, {
      signal: abort.signal,
      part: (part) => {
        const body = { kind: 'part', stream, part } as const;
        services.panels.tell(folder, { version: PANEL_VERSION, kind: 'tell', topic: 'try', body });
      },
    });
    return { kind: 'generate', model: modelOf(answer), answer: answer.body };
  } catch (error) {
    if (abort.signal.aborted) return { kind: 'stopped' };
    throw error;
  } finally {
    streams.delete(name);
  }
}

function modelOf({ engine, checkpoint, ms }: Pick<WarmAnswer<'form'>, 'engine' | 'checkpoint' | 'ms'>): TryModel {
  return { engine, checkpoint, ms };
}

function assertNever(value: never): never {
  throw new Error(`Unknown question: ${JSON.stringify(value)}`);
}
