/**
 * What could stand at the cursor: said by the parse functions themselves while a chunk is parsed again with the cursor in it.
 * Several may apply at one place (an argument is also a value).
 */
import type { SectionName } from './sections.ts';
import type { Arg, Expr, Name, Span } from './tree.ts';

/** Where a statement stands. */
export type BodyKind = 'unit' | 'extern' | SectionName;

export type Place =
  | { readonly kind: 'declaration' }
  /** The start of a line in a body. */
  | { readonly kind: 'statement'; readonly body: BodyKind }
  /** An operand of an expression. */
  | { readonly kind: 'value' }
  /** After `->`: what flows in is the expression (or the stage) that ends at `before`. */
  | { readonly kind: 'stage'; readonly before: Span; readonly body: boolean }
  /** A layer in braces (`residual { … }`), fed by whatever flows into the call. */
  | { readonly kind: 'body'; readonly callee: Expr }
  | { readonly kind: 'argument'; readonly callee: Expr; readonly given: readonly Arg[] }
  /** The value of a named argument. */
  | { readonly kind: 'setting'; readonly callee: Expr; readonly name: Name; readonly given: readonly Arg[] }
  /** The value of a section's key. */
  | { readonly kind: 'entry'; readonly section: SectionName; readonly key: Name }
  | { readonly kind: 'type' }
  | { readonly kind: 'dimension'; readonly input: boolean }
  | { readonly kind: 'param-type' }
  /** A new name, which cannot be guessed. */
  | { readonly kind: 'new-name' }
  /** The name of a model (or block) after `train`, `evaluate`, `export`, `=`. */
  | { readonly kind: 'unit' }
  /** The name of a data section, after `on`. */
  | { readonly kind: 'data' }
  | { readonly kind: 'imported' }
  | { readonly kind: 'member'; readonly object: Expr }
  | { readonly kind: 'member-of-name'; readonly path: readonly Name[] }
  | { readonly kind: 'words'; readonly words: readonly string[] };

export interface Expected {
  readonly place: Place;
  /** What an accepted completion replaces: the name being typed, or nothing. */
  readonly replace: Span;
}
