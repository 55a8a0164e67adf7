/**
 * A problem is data: a stable code, the values of its message, where it stands, where the numbers came from, how to mend it.
 * Its text is rendered in one place (`messages/render.ts`), so that it can be translated and tested.
 */
import type { Chunk, Span } from './syntax/tree.ts';

/** `area/name`; kept for ever, since people search for it and silence it. */
export type ProblemCode = `${Area}/${string}`;
export type Area = 'syntax' | 'name' | 'argument' | 'shape' | 'type' | 'loss' | 'data' | 'train';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A text of the message table with the values that fill it. `key` is a problem code, or a code with `.variant` after it. */
export interface Message {
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** A message told by this one ("In `Decoder`: …"): its text fills `inner`. */
  readonly inner?: Message;
}

/** A range in a chunk, and the chunk itself: stays right when the chunk moves within its file. */
export interface Place extends Span {
  readonly chunk: Chunk;
}

/**
 * A problem. While a chunk is being parsed it does not exist yet, so a syntax problem's spans count from that chunk's start
 * and `place.chunk` is missing in them: `SpanPlace`. The checker fills it in when it reads the chunk.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly message: Message;
  readonly at: SpanPlace;
  /** Where each number came from, newest first. */
  readonly related: readonly Related[];
  /** Best first. The first is preferred where `preferred` is set. */
  readonly fixes: readonly Fix[];
  /** Shown as a hint while the cursor stands in the line (unfinished code). */
  readonly unfinished?: boolean;
}

/** A span in `chunk`, or in the chunk that carries the problem where `chunk` is left out. */
export interface SpanPlace extends Span {
  readonly chunk?: Chunk;
}

export interface Related {
  readonly at: SpanPlace;
  readonly message: Message;
}

export interface Fix {
  /** Stable, `area/name/fix`. */
  readonly id: string;
  readonly title: Message;
  readonly preferred: boolean;
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly at: SpanPlace;
  readonly newText: string;
}
