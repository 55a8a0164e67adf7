/** What an operand can start with. */
import type { Token, TokenKind } from '../lexer.ts';

export type OperandToken = Token & { readonly kind: Exclude<TokenKind, 'end'> };

export function startsOperand(token: Token | undefined): token is OperandToken {
  if (token === undefined) return false;
  switch (token.kind) {
    case 'name':
    case 'number':
    case 'percent':
    case 'string':
      return true;
    case 'keyword':
      return token.text === 'true' || token.text === 'false' || token.text === 'if' || token.text === 'not';
    case 'symbol':
      return token.text === '(' || token.text === '[' || token.text === '-';
    case 'end':
      return false;
  }
}
