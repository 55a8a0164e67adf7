/**
 * Topic `layout`: how the cards of the Metrics tab are arranged, kept for the workspace and not for one panel. A layout names
 * cards by their ids; ids that a run doesn't have are left alone, since another run may have them.
 */
import { type Check, isOneOf, isRecord, isText, listOf, recordOf, shaped } from './guard.ts';

export interface PanelLayout {
  /** Cards that were moved, in their order; the others follow as they come. */
  readonly order: readonly string[];
  /** They go first. */
  readonly pinned: readonly string[];
  readonly hidden: readonly string[];
  /** They are as wide as the panel, and taller. */
  readonly large: readonly string[];
  /** Lines whose colour was chosen. */
  readonly colours: Readonly<Record<string, LineColour>>;
}

/** Colours that a line can be given: those of the theme's charts. */
export const LINE_COLOURS = ['blue', 'orange', 'purple', 'green', 'yellow', 'red'] as const;
export type LineColour = (typeof LINE_COLOURS)[number];

/** Nothing was moved. */
export const PLAIN_LAYOUT: PanelLayout = { order: [], pinned: [], hidden: [], large: [], colours: {} };

export type LayoutAsk = { readonly kind: 'read' } | { readonly kind: 'write'; readonly layout: PanelLayout };

export interface LayoutAnswer {
  readonly layout: PanelLayout;
}

/** Is it an arrangement? It comes from the webview, and from what VS Code has kept. */
export const isPanelLayout: Check = shaped({
  order: listOf(isText),
  pinned: listOf(isText),
  hidden: listOf(isText),
  large: listOf(isText),
  colours: recordOf(isOneOf(...LINE_COLOURS)),
});

const write = shaped({ layout: isPanelLayout });

export const isLayoutAsk: Check = (value) =>
  isRecord(value) && (value.kind === 'read' || (value.kind === 'write' && write(value)));
export const isLayoutAnswer: Check = write;
