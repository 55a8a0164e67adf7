/**
 * The generated parts of the language's pages (`docs/language/`): between `<!-- generated: NAME -->` and `<!-- end -->` stands
 * what the parser's own tables say. Written by `scripts/reference.mjs`; a test finds stale ones.
 */
import type { Owner } from '../check/bind-settings.ts';
import { bayesian, best, byValue, early, ema, everyValidation, random } from '../check/run-rules.ts';
import { signatureOf } from '../ide/print.ts';
import { keyDoc } from '../ide/section-docs.ts';
import { type SectionName, sectionKeys } from '../syntax/sections.ts';
import { contextualWords, dtypes, foreignSigns, keywords, paramTypes, symbols } from '../syntax/tokens.ts';
import { problemAreas } from './problems.ts';

const parts: Readonly<Record<string, () => string>> = {
  keywords: keywordTable,
  symbols: symbolTable,
  foreign: foreignTable,
  dtypes: () => dtypes.map(code).join(', '),
  params: () => paramTypes.map(code).join(', '),
  sections: sectionTables,
  rules: ruleTable,
  areas: areaTable,
};

/** The page with its generated parts as they should be. An unknown name is left alone. */
export function filledPage(text: string): string {
  return text.replace(/<!-- generated: (\w+) -->([\s\S]*?)<!-- end -->/gu, (whole, name: string, inner: string) => {
    const part = parts[name]?.();
    if (part === undefined) return whole;
    const inline = part.includes('\n') || inner.includes('\n') ? `\n${part}\n` : part;
    return `<!-- generated: ${name} -->${inline}<!-- end -->`;
  });
}

/** Names of the generated parts. */
export const generatedParts: readonly string[] = Object.keys(parts);

const wordKinds: Readonly<Record<keyof typeof keywords, string>> = {
  declaration: 'begin a declaration',
  statement: 'begin a line of a model or block',
  clause: 'join the parts of a declaration',
  control: 'choose',
  logic: 'join conditions',
  literal: 'are values',
};

function keywordTable(): string {
  const rows = Object.entries(keywords).map(([kind, words]) => [
    words.map(code).join(' '),
    wordKinds[kind as keyof typeof keywords],
  ]);
  return table([
    ...rows,
    [contextualWords.map(code).join(' '), 'mean something in one place; elsewhere they are names'],
  ]);
}

const signKinds: Readonly<Record<keyof typeof symbols, string>> = {
  rest: 'any axes',
  arrow: 'flows into',
  body: 'behind the name of the round',
  comparison: 'compare',
  range: 'from … to',
  arithmetic: 'calculate: power, division without rest, …, product of matrices',
  binding: 'binds a name',
  punctuation: 'setting or type; separates; part of; ends a statement',
  bracket: 'settings and values; shapes, lists and parts; bodies',
};

function symbolTable(): string {
  return table(
    Object.entries(symbols).map(([kind, signs]) => [
      signs.map(code).join(' '),
      signKinds[kind as keyof typeof symbols],
    ]),
  );
}

function foreignTable(): string {
  return table(Object.entries(foreignSigns).map(([sign, { means }]) => [code(sign), `is written ${code(means)}`]));
}

function sectionTables(): string {
  return Object.entries(sectionKeys)
    .map(([section, keys]) => {
      const rows = keys.map((key) => [code(key), keyDoc(section as SectionName, key, 'en') ?? '']);
      return `## ${section}\n\n${table(rows)}`;
    })
    .join('\n\n');
}

const rules: readonly (readonly [string, Owner])[] = [
  ['stop', early],
  ['save', best],
  ['save, validate', everyValidation],
  ['average', ema],
  ['clip', byValue],
  ['search', random],
  ['search', bayesian],
];

function ruleTable(): string {
  const rows = rules.map(([keys, rule]) => {
    const docs = Object.entries(rule.settings).map(([name, { doc }]) => `${code(name)}: ${doc}`);
    return [code(keys), code(signatureOf(rule).label), docs.join(' ')];
  });
  return ['| key | rule | |', '|---|---|---|', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
}

function areaTable(): string {
  return table(Object.entries(problemAreas).map(([area, title]) => [`\`${area}/…\``, title]));
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

function table(rows: readonly (readonly string[])[]): string {
  return ['| | |', '|---|---|', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
}
