/** The arguments of a command: options by name, the rest in order. An unknown option is refused with the nearest known one. */
import { nearest } from '../language/index.ts';

/** `flag` takes nothing, `value` takes one text, `list` may be given several times. */
export type OptionKind = 'flag' | 'value' | 'list';

export interface Parsed {
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

export type ParseResult =
  | { readonly ok: true; readonly value: Parsed }
  | { readonly ok: false; readonly message: string };

/** Reads `--name`, `--name value` and `--name=value`; `--` ends the options. */
export function parseOptions(args: readonly string[], known: Readonly<Record<string, OptionKind>>): ParseResult {
  const words: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const lists = new Map<string, string[]>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      words.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('--')) {
      words.push(arg);
      continue;
    }
    const cut = arg.indexOf('=');
    const name = arg.slice(2, cut < 0 ? undefined : cut);
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) return refuse(unknownOption(name, Object.keys(known)));
    if (kind === 'flag') {
      if (cut >= 0) return refuse(`\`--${name}\` takes no value, but got \`${arg.slice(cut + 1)}\`.`);
      flags.add(name);
      continue;
    }
    const value = cut >= 0 ? arg.slice(cut + 1) : args[++i];
    if (value === undefined) return refuse(`\`--${name}\` needs a value: \`--${name} …\`.`);
    if (kind === 'value') values.set(name, value);
    else lists.set(name, [...(lists.get(name) ?? []), value]);
  }
  return { ok: true, value: { words, flags, values, lists } };
}

function unknownOption(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const settings = known.includes('set')
    ? ' Settings and parameters of the program are given by `--set name=value`.'
    : '';
  const list =
    known.length === 0
      ? 'This command has no options.'
      : `The options are ${known.map((each) => `--${each}`).join(', ')}.`;
  const meant = near === undefined ? '' : ` Did you mean \`--${near}\`?`;
  return `There is no option \`--${name}\`.${meant} ${list}${settings}`;
}

/** `name=value` pairs. */
export function parsePairs(
  option: string,
  pairs: readonly string[],
): { readonly ok: true; readonly value: Record<string, string> } | { readonly ok: false; readonly message: string } {
  const value: Record<string, string> = {};
  for (const pair of pairs) {
    const cut = pair.indexOf('=');
    if (cut <= 0) return refuse(`\`--${option}\` needs name=value, but got \`${pair}\`.`);
    value[pair.slice(0, cut)] = pair.slice(cut + 1);
  }
  return { ok: true, value };
}

function refuse(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
