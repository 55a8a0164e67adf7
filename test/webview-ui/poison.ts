/** Hostile texts put into messages of the host wherever a message stays one, by its own guard. */

/** What stands in names, labels, notes, log lines and texts of hostile files. */
export const POISONS = {
  markup:
    '<img src=x onerror="document.title=\'owned\'"></script></style></title><script>document.title="owned"</script>[run](command:workbench.action.terminal.new) [docs](https://example.org "t") <https://example.org> $(trash)',
  attribute: '"\'><svg onload=document.title="owned"><a href="javascript:document.title=1" style="position:fixed">',
  unseen: '\u202e\u2066\u200f\u0000\u0007\ufeff<b>👩‍👩‍👧‍👦🏳️‍🌈z̷͙̄͋a̷͍̓l̵̟̆g̸̱̈́o̶̯̐\ud800',
  long: 'W'.repeat(10_000),
} as const;

export type Poison = keyof typeof POISONS;

/** The message with the poison before each text that may be any text; equal texts stay equal. */
export function poisoned<T>(
  message: T,
  poison: Poison,
  isMessage: (value: unknown) => boolean,
  kept: readonly string[] = [],
): T {
  if (!isMessage(message)) throw new Error('What is to be poisoned is no message.');
  let result: unknown = message;
  for (const pattern of patternsOf(message)) {
    if (kept.includes(pattern.at(-1) ?? '')) continue;
    const next = mapped(result, pattern, (text) => POISONS[poison] + text);
    if (isMessage(next)) result = next;
  }
  return result as T;
}

/** The message with the poison before the name of each single value as well, beside the value's own. */
export function poisonedNames<T>(message: T, poison: Poison, isMessage: (value: unknown) => boolean): T {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isPlain(value)) return value;
    const entries = Object.entries(value).map(([name, each]) => [name, walk(each)] as const);
    const single = entries.filter(([, each]) => typeof each === 'number' || typeof each === 'string');
    return Object.fromEntries([...entries, ...single.map(([name, each]) => [POISONS[poison] + name, each])]);
  };
  const result = walk(message);
  return (isMessage(result) ? result : message) as T;
}

/** The same without the poison: what a page asks about is called as it was told. */
export function withoutPoison(value: unknown, poison: Poison): unknown {
  if (typeof value === 'string') {
    // The half of a pair does not come through the wire to the test.
    return value.replaceAll(POISONS[poison], '').replaceAll(POISONS[poison].replace(/\p{Cs}/gu, '\ufffd'), '');
  }
  if (Array.isArray(value)) return value.map((each) => withoutPoison(each, poison));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutPoison(each, poison)]));
}

type Pattern = readonly string[];

/** Places of texts, each once for all members of a list. */
function patternsOf(message: unknown): readonly Pattern[] {
  const found = new Map<string, Pattern>();
  const walk = (value: unknown, path: Pattern): void => {
    if (typeof value === 'string') found.set(path.join('\n'), path);
    else if (Array.isArray(value)) for (const each of value) walk(each, [...path, '*']);
    else if (isPlain(value)) for (const [name, each] of Object.entries(value)) walk(each, [...path, name]);
  };
  walk(message, []);
  return [...found.values()].filter((path) => !KEPT.has(path.at(-1) ?? ''));
}

/** Texts that say how others are to be read, or that are bytes: anything else in them is only broken. */
const KEPT = new Set(['kind', 'dtype', 'pixels', 'samples', 'values', 'parts', 'stage', 'metric', 'is', 'names']);

function mapped(value: unknown, [name, ...rest]: Pattern, change: (text: string) => string): unknown {
  if (name === undefined) return typeof value === 'string' ? change(value) : value;
  if (Array.isArray(value)) return name === '*' ? value.map((each) => mapped(each, rest, change)) : value;
  if (!isPlain(value) || !Object.hasOwn(value, name)) return value;
  return { ...value, [name]: mapped(value[name], rest, change) };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof ArrayBuffer) && !ArrayBuffer.isView(value);
}
