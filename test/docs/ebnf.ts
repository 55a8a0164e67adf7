/** Reads a grammar in EBNF and tells whether it takes a row of tokens (Earley's method: any grammar, no order of rules). */

export interface Terminal {
  readonly kind: 'name' | 'number' | 'percent' | 'string' | 'sign' | 'end';
  readonly text: string;
}

type Part = { readonly rule: string } | { readonly word: string } | { readonly class: Terminal['kind'] };
type Rules = Map<string, Part[][]>;

const classes: Readonly<Record<string, Terminal['kind']>> = {
  NAME: 'name',
  NUMBER: 'number',
  PERCENT: 'percent',
  STRING: 'string',
  END: 'end',
};

/** The rules of `text`: groups, options and repetitions become rules of their own. */
export function readGrammar(text: string): Rules {
  const rules: Rules = new Map();
  const tokens = text.match(/"[^"]*"|[A-Za-z]+|[=;|()[\]{}]/gu) ?? [];
  let at = 0;
  const fresh = (alternatives: Part[][]): Part => {
    const rule = `#${rules.size}`;
    rules.set(rule, alternatives);
    return { rule };
  };
  const alternatives = (): Part[][] => {
    const all = [sequence()];
    while (tokens[at] === '|') {
      at++;
      all.push(sequence());
    }
    return all;
  };
  const closed = (close: string): Part[][] => {
    const inner = alternatives();
    if (tokens[at++] !== close) throw new Error(`"${close}" is missing`);
    return inner;
  };
  const sequence = (): Part[] => {
    const parts: Part[] = [];
    for (;;) {
      const token = tokens[at];
      if (token === undefined || [';', '|', ')', ']', '}'].includes(token)) return parts;
      at++;
      if (token === '(') parts.push(fresh(closed(')')));
      else if (token === '[') parts.push(fresh([...closed(']'), []]));
      else if (token === '{') {
        const inner = fresh(closed('}'));
        const rule = `#${rules.size}`;
        rules.set(rule, [[], [{ rule }, inner]]);
        parts.push({ rule });
      } else if (token.startsWith('"')) parts.push({ word: token.slice(1, -1) });
      else if (token === 'DOC') continue;
      else {
        const kind = classes[token];
        parts.push(kind === undefined ? { rule: token } : { class: kind });
      }
    }
  };
  while (at < tokens.length) {
    const name = tokens[at++] ?? '';
    if (tokens[at++] !== '=') throw new Error(`"=" is missing after ${name}`);
    const all = alternatives();
    if (tokens[at++] !== ';') throw new Error(`";" is missing at the end of ${name}`);
    rules.set(name, all);
  }
  return rules;
}

/** Names of rules that are used and not defined, or defined and not used. */
export function looseEnds(rules: Rules, start: string): readonly string[] {
  const used = new Set([...rules.values()].flat(2).flatMap((part) => ('rule' in part ? [part.rule] : [])));
  return [
    ...[...used].filter((name) => !rules.has(name)),
    ...[...rules.keys()].filter((name) => name !== start && !used.has(name)),
  ];
}

interface Item {
  readonly rule: string;
  readonly parts: readonly Part[];
  readonly dot: number;
  readonly from: number;
}

/** Whether `start` derives exactly `tokens`. */
export function accepts(rules: Rules, start: string, tokens: readonly Terminal[]): boolean {
  const ids = new Map<readonly Part[], number>();
  for (const parts of [...rules.values()].flat()) ids.set(parts, ids.size);
  const key = ({ parts, dot, from }: Item) => `${ids.get(parts)}.${dot}.${from}`;
  const empty = nullable(rules);
  const sets: Item[][] = [];
  const seen: Set<string>[] = [];
  const add = (index: number, item: Item) => {
    sets[index] ??= [];
    seen[index] ??= new Set();
    const id = key(item);
    if (seen[index].has(id)) return;
    seen[index].add(id);
    sets[index].push(item);
  };
  for (const parts of rules.get(start) ?? []) add(0, { rule: start, parts, dot: 0, from: 0 });
  for (let index = 0; index <= tokens.length; index++) {
    const set = sets[index];
    if (set === undefined) return false;
    const token = tokens[index];
    for (const item of set) {
      const next = item.parts[item.dot];
      if (next === undefined) {
        for (const waiting of sets[item.from] ?? []) {
          const part = waiting.parts[waiting.dot];
          if (part && 'rule' in part && part.rule === item.rule) add(index, { ...waiting, dot: waiting.dot + 1 });
        }
      } else if ('rule' in next) {
        for (const parts of rules.get(next.rule) ?? []) add(index, { rule: next.rule, parts, dot: 0, from: index });
        if (empty.has(next.rule)) add(index, { ...item, dot: item.dot + 1 });
      } else if (token !== undefined && fits(next, token)) add(index + 1, { ...item, dot: item.dot + 1 });
    }
  }
  return (sets[tokens.length] ?? []).some(
    (item) => item.rule === start && item.from === 0 && item.dot === item.parts.length,
  );
}

function fits(part: Exclude<Part, { readonly rule: string }>, token: Terminal): boolean {
  if ('class' in part) return part.class === token.kind;
  return (token.kind === 'sign' || token.kind === 'name') && token.text === part.word;
}

function nullable(rules: Rules): ReadonlySet<string> {
  const found = new Set<string>();
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const [name, all] of rules) {
      if (all.some((parts) => parts.every((part) => 'rule' in part && found.has(part.rule)))) found.add(name);
    }
  }
  return found;
}
