/**
 * The token table: the one list of words and signs that drives the lexer, the TextMate grammar and keyword completion.
 * Words are reserved everywhere but after `.` and before `:`.
 */
export const keywords = {
  declaration: ['model', 'block', 'extern', 'data', 'train', 'tune', 'evaluate', 'export', 'import'],
  statement: ['input', 'output', 'layer', 'require'],
  clause: ['on', 'as', 'from'],
  control: ['if', 'else'],
  logic: ['and', 'or', 'not'],
  literal: ['true', 'false'],
} as const;

export type DeclarationKeyword = (typeof keywords.declaration)[number];

/** Words with a meaning in one place only; elsewhere they are plain names. */
export const contextualWords = ['while', 'training', 'by'] as const;

export const dtypes = ['float32', 'int32', 'uint8', 'bool', 'string'] as const;

export const paramTypes = ['int', 'float', 'bool', 'string', 'layer'] as const;

/** Signs, longest first within each group, as the lexer must try them. */
export const symbols = {
  rest: ['...'],
  arrow: ['->'],
  body: ['=>'],
  comparison: ['==', '!=', '<=', '>=', '<', '>'],
  range: ['..'],
  arithmetic: ['**', '//', '+', '-', '*', '/', '%', '@'],
  binding: ['='],
  punctuation: [':', ',', '.', ';'],
  bracket: ['(', ')', '[', ']', '{', '}'],
} as const;

/** Signs of other languages that are understood, reported and mended. */
export const foreignSigns: Readonly<Record<string, { readonly means: string; readonly word: boolean }>> = {
  '|>': { means: '->', word: false },
  '→': { means: '->', word: false },
  '&&': { means: 'and', word: true },
  '||': { means: 'or', word: true },
  '≠': { means: '!=', word: false },
  '≤': { means: '<=', word: false },
  '≥': { means: '>=', word: false },
  '×': { means: '*', word: false },
  '^': { means: '**', word: false },
  '−': { means: '-', word: false },
};

const allKeywords: ReadonlySet<string> = new Set(Object.values(keywords).flat());
const declarationWords: ReadonlySet<string> = new Set(keywords.declaration);
const statementWords: ReadonlySet<string> = new Set(keywords.statement);
const clauseWords: ReadonlySet<string> = new Set(keywords.clause);
const dtypeWords: ReadonlySet<string> = new Set(dtypes);
const infixSigns: ReadonlySet<string> = new Set([
  ...symbols.arrow,
  ...symbols.comparison,
  ...symbols.range,
  ...symbols.arithmetic,
]);

export const allSymbols: readonly string[] = Object.values(symbols)
  .flat()
  .sort((a, b) => b.length - a.length);

export function isKeyword(word: string): boolean {
  return allKeywords.has(word);
}

export function isDeclarationKeyword(word: string): word is DeclarationKeyword {
  return declarationWords.has(word);
}

export function isStatementKeyword(word: string): boolean {
  return statementWords.has(word);
}

export function isClauseKeyword(word: string): boolean {
  return clauseWords.has(word);
}

export function isDType(word: string): word is (typeof dtypes)[number] {
  return dtypeWords.has(word);
}

/** Whether a line that starts with this token goes on with the line before. */
export function isInfix(kind: string, text: string): boolean {
  return kind === 'symbol' ? infixSigns.has(text) : kind === 'keyword' && (text === 'and' || text === 'or');
}

/** Rule 2 of the language: a capital letter means a layer. (Without an expression: those for letters are slow to compile.) */
export function startsUpper(name: string): boolean {
  const first = firstLetter(name);
  return first !== first.toLowerCase();
}

export function startsLower(name: string): boolean {
  const first = firstLetter(name);
  return first !== first.toUpperCase();
}

function firstLetter(name: string): string {
  return String.fromCodePoint(name.codePointAt(0) ?? 0);
}
