/**
 * The TextMate grammar, made from the token table. It colours at once, before the server has said anything, and is right by
 * itself because a capital letter means a layer. `npm run grammar` writes it to `syntaxes/`; a test finds a stale one.
 */
import { dtypes, keywords, paramTypes, symbols } from './tokens.ts';

const name = '[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*';
const notPart = '(?![\\p{L}\\p{M}\\p{N}_])';
/** Words are plain names after `.` and before `:`. */
const asWord = '(?<![\\p{L}\\p{M}\\p{N}_.])';
const notKey = '(?![ \\t]*:)';

function words(list: readonly string[]): string {
  return `${asWord}(?:${list.join('|')})${notPart}`;
}

function signs(list: readonly string[]): string {
  return list.map((sign) => sign.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
}

/** The grammar as the editor reads it. */
export function textMateGrammar(): unknown {
  const named = keywords.declaration.filter((word) => word !== 'import' && word !== 'export');
  const types = [...new Set([...dtypes, ...paramTypes])].filter((type) => type !== 'layer');
  return {
    $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
    name: 'Model',
    scopeName: 'source.model',
    patterns: [
      'comment',
      'string',
      'declaration',
      'statement',
      'keyword',
      'setting',
      'value',
      'operator',
      'bracket',
    ].map((part) => ({ include: `#${part}` })),
    repository: {
      comment: {
        patterns: [
          { name: 'comment.line.documentation.model', match: '##.*$' },
          { name: 'comment.line.number-sign.model', match: '#.*$' },
        ],
      },
      string: {
        name: 'string.quoted.double.model',
        begin: '"',
        end: '"|$',
        patterns: [
          { name: 'constant.character.escape.model', match: '\\\\.' },
          {
            match: `(\\{)(${name})(\\})`,
            captures: {
              '1': { name: 'punctuation.section.embedded.model' },
              '2': { name: 'variable.parameter.model' },
              '3': { name: 'punctuation.section.embedded.model' },
            },
          },
        ],
      },
      declaration: {
        match: `^[ \\t]*(${named.join('|')})${notPart}${notKey}(?:[ \\t]+(block)${notPart})?(?:[ \\t]+(${name}))?`,
        captures: {
          '1': { name: 'storage.type.declaration.model' },
          '2': { name: 'storage.type.declaration.model' },
          '3': { name: 'entity.name.type.model' },
        },
      },
      statement: {
        patterns: [
          {
            match: `${asWord}(input|output|layer)${notPart}${notKey}(?:[ \\t]+(${name})(?=[ \\t]*[:=](?!=)))?`,
            captures: { '1': { name: 'storage.modifier.model' }, '2': { name: 'variable.other.definition.model' } },
          },
          {
            match: `^[ \\t]*(${name})(?=[ \\t]*=(?!=|>))`,
            captures: { '1': { name: 'variable.other.definition.model' } },
          },
        ],
      },
      keyword: {
        patterns: [
          { name: 'constant.language.boolean.model', match: words(keywords.literal) + notKey },
          { name: 'keyword.control.model', match: words([...keywords.control, 'require']) + notKey },
          { name: 'keyword.operator.logical.model', match: words(keywords.logic) + notKey },
          { name: 'keyword.other.model', match: words([...keywords.clause, 'import', 'export']) + notKey },
          { name: 'keyword.other.model', match: `${asWord}while[ \\t]+training${notPart}` },
          { name: 'keyword.other.model', match: `${asWord}by${notPart}(?=[ \\t]+[\\p{L}\\p{N}_(-])` },
        ],
      },
      setting: {
        match: `(${name})[ \\t]*(:)`,
        captures: {
          '1': { name: 'variable.parameter.setting.model' },
          '2': { name: 'punctuation.separator.key-value.model' },
        },
      },
      value: {
        patterns: [
          {
            name: 'constant.numeric.model',
            match: `${asWord}[0-9][0-9_]*(?:\\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9]+)?(?:%(?![\\p{L}\\p{N}_(]))?`,
          },
          { name: 'support.type.model', match: words(types) },
          { match: `(?<=:)[ \\t]*(layer)${notPart}`, captures: { '1': { name: 'support.type.model' } } },
          { name: 'entity.name.class.layer.model', match: `(?<![\\p{L}\\p{M}\\p{N}_])\\p{Lu}[\\p{L}\\p{M}\\p{N}_]*` },
          {
            match: `(?<=->)[ \\t]*([\\p{Ll}_][\\p{L}\\p{M}\\p{N}_]*)`,
            captures: { '1': { name: 'support.function.model' } },
          },
          { name: 'support.function.model', match: `(${name})(?=[({])` },
          { name: 'variable.other.model', match: name },
        ],
      },
      operator: {
        patterns: [
          { name: 'keyword.operator.flow.model', match: signs(symbols.arrow) },
          { name: 'keyword.operator.body.model', match: signs(symbols.body) },
          { name: 'keyword.operator.comparison.model', match: signs(symbols.comparison) },
          { name: 'keyword.operator.range.model', match: signs([...symbols.rest, ...symbols.range]) },
          { name: 'keyword.operator.arithmetic.model', match: signs(symbols.arithmetic) },
          { name: 'keyword.operator.assignment.model', match: signs(symbols.binding) },
        ],
      },
      bracket: {
        patterns: [
          { name: 'punctuation.separator.model', match: '[,;]' },
          { name: 'punctuation.accessor.model', match: '\\.' },
          { name: 'punctuation.section.brackets.model', match: '[()\\[\\]{}]' },
        ],
      },
    },
  };
}
