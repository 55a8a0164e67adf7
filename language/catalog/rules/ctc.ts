/**
 * The sum over all ways in which moments can spell a text (Graves et al., 2006): each character in order, repeated as often as
 * wanted, with "nothing" (the blank class) between them where wanted, and where equal characters follow each other where
 * needed. In logarithms, one step after the other over the moments.
 */
import type { Builder, Value } from '../builder.ts';

/** As good as the logarithm of 0, and still a number. */
const NEVER = -1e30;

export interface Spelling {
  /** Log probabilities `[T, classes]`. */
  readonly logs: Value;
  /** `int32[L]`. */
  readonly text: Value;
  /** Which characters are real, bool[L]; real ones come first. */
  readonly real: Value | undefined;
  /** Which moments are real, bool[T]. */
  readonly moments: Value | undefined;
  readonly blank: number;
}

/** Minus the log probability of the text, and how many characters it has. */
export function spell(b: Builder, { logs, text, real, moments, blank }: Spelling) {
  const [time = 0, classes = 1] = logs.shape;
  const length = text.shape[0] ?? 0;
  const places = 2 * length + 1;
  const shown = real ? b.where(real, text, b.scalar(0, 'int32')) : text;
  const states = withBlanks(b, shown, blank);
  // The log probability of each state at each moment: a product with rows that have a single 1.
  const said = b.matmul(logs, b.oneHot(states, classes), { transposeB: true });
  const skips = skipping(b, states, blank);
  const at = (t: number) =>
    b.reshape(
      b.slice(said, [
        [t, t + 1, 1],
        [0, places, 1],
      ]),
      [places],
    );
  const starts = b.constant(
    Array.from({ length: places }, (_, s) => (s < 2 ? 0 : NEVER)),
    [places],
  );
  let ways = b.binary('add', starts, at(0));
  for (let t = 1; t < time; t++) {
    const once = shifted(b, ways, 1);
    const twice = b.binary('add', shifted(b, ways, 2), skips);
    const next = b.binary('add', logOfSum(b, [ways, once, twice]), at(t));
    ways = moments ? b.where(b.slice(moments, [[t, t + 1, 1]]), next, ways) : next;
  }
  const count = real ? b.reduce('sum', b.cast(real, 'float32'), [0], false) : b.scalar(length);
  // It may end with the last character, or with a blank behind it.
  const end = b.binary('multiply', count, b.scalar(2));
  const from = b.cast(b.iota(places), 'float32');
  const isEnd = b.binary(
    'or',
    b.binary('equal', from, end),
    b.binary('equal', from, b.binary('subtract', end, b.scalar(1))),
  );
  const ends = b.where(isEnd, ways, b.scalar(NEVER));
  const top = b.stopGradient(b.reduce('max', ends, [0], true));
  const sum = b.reduce('sum', b.unary('exp', b.binary('subtract', ends, top)), [0], true);
  const total = b.reshape(b.binary('add', b.unary('log', sum), top), []);
  return { surprise: b.unary('negate', total), count };
}

/** Blank, first character, blank, second character, …, blank: `int32[2L + 1]`. */
function withBlanks(b: Builder, text: Value, blank: number): Value {
  const length = text.shape[0] ?? 0;
  const blanks = b.fill(blank, [length, 1], 'int32');
  const pairs = b.concat([blanks, b.reshape(text, [length, 1])], 1);
  return b.concat([b.reshape(pairs, [2 * length]), b.fill(blank, [1], 'int32')], 0);
}

/** 0 where the state two before may lead straight here: at a character that differs from the one before. */
function skipping(b: Builder, states: Value, blank: number): Value {
  const places = states.shape[0] ?? 0;
  const before = b.concat(
    [b.fill(blank, [Math.min(2, places)], 'int32'), b.slice(states, [[0, Math.max(places - 2, 0), 1]])],
    0,
  );
  const may = b.binary(
    'and',
    b.binary('notEqual', states, b.scalar(blank, 'int32')),
    b.binary('notEqual', states, before),
  );
  return b.where(may, b.scalar(0), b.scalar(NEVER));
}

function shifted(b: Builder, ways: Value, by: number): Value {
  const places = ways.shape[0] ?? 0;
  return b.slice(b.pad(ways, [[by, 0]], NEVER), [[0, places, 1]]);
}

function logOfSum(b: Builder, values: readonly [Value, Value, Value]): Value {
  const [first, second, third] = values;
  const top = b.stopGradient(b.binary('maximum', first, b.binary('maximum', second, third)));
  const [a, c, d] = values.map((value) => b.unary('exp', b.binary('subtract', value, top)));
  if (!a || !c || !d) return first;
  return b.binary('add', b.unary('log', b.binary('add', a, b.binary('add', c, d))), top);
}
