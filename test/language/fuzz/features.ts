/** Every editor feature at one place of a checked file, and what each points at. */
import {
  type Analyser,
  type CheckedFile,
  completion,
  definition,
  diagnostics,
  fixAll,
  folds,
  formatting,
  formattingIn,
  formattingTyped,
  hierarchyItem,
  hintTooltip,
  hover,
  importFixes,
  incomingCalls,
  inlayHints,
  itemAt,
  lenses,
  links,
  organiseImports,
  outgoingCalls,
  outline,
  pathAt,
  quickFixes,
  refactorings,
  references,
  rename,
  renameable,
  selections,
  semanticTokens,
  shapeSummary,
  signatureHelp,
  typeDefinition,
  wordAt,
} from '../../../language/index.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Asked {
  readonly file: CheckedFile;
  readonly text: string;
  readonly analyser: Analyser;
  readonly offset: number;
}

type Feature = (asked: Asked) => readonly (Range | undefined)[];

const trees = ({ analyser }: Asked) => analyser;
const known = (asked: Asked) => ({ syntax: asked.analyser.syntax, checked: () => asked.file });
const own = (asked: Asked, places: readonly (Range & { readonly file: string })[]) =>
  places.filter((place) => place.file === asked.file.file);

/** By name, so that a failure says which. */
export const features: Readonly<Record<string, Feature>> = {
  diagnostics: ({ file }) => [...diagnostics(file, undefined), ...diagnostics(file, undefined, 'zh')],
  quickFixes: ({ file, text, analyser }) =>
    quickFixes(file, 0, text.length, 'en', (other) => analyser.tryOut(file.file, other)).flatMap((fix) => fix.edits),
  fixAll: ({ file }) => fixAll(file),
  semanticTokens: ({ file }) => semanticTokens(file),
  folds: ({ file }) => folds(file.syntax),
  links: ({ file }) => links(file.syntax),
  outline: ({ file }) => outline(file.syntax),
  lenses: (asked) => lenses(asked.file, [asked.file]),
  inlayHints: ({ file, text }) =>
    inlayHints(file, 0, text.length).map((hint) => {
      hintTooltip(hint);
      return { start: hint.offset, end: hint.offset };
    }),
  completion: ({ file, offset }) => [completion(file, offset)?.replace],
  signatureHelp: ({ file, offset }) => {
    signatureHelp(file, offset);
    return [];
  },
  hover: (asked) => [hover(asked.file, asked.offset, known(asked))],
  definition: (asked) => {
    const target = definition(asked.file, asked.offset, trees(asked))?.target;
    return target ? own(asked, [target]) : [];
  },
  typeDefinition: (asked) => {
    typeDefinition(asked.file, asked.offset, trees(asked));
    return [];
  },
  references: (asked) => own(asked, references(asked.file, asked.offset, [asked.file], trees(asked))),
  rename: (asked) => {
    const span = renameable(asked.file, asked.offset);
    const edits = rename(asked.file, asked.offset, 'renamed', [asked.file], trees(asked));
    return [span, ...(edits.ok ? own(asked, edits.edits) : [])];
  },
  selections: ({ file, offset }) => selections(file, offset),
  formatting: ({ text, offset }) => [...formatting(text), ...formattingIn(text, offset, text.length)],
  organiseImports: ({ file }) => organiseImports(file),
  importFixes: (asked) => {
    importFixes(asked.file, 0, asked.text.length, []);
    return [];
  },
  calls: (asked) => {
    const item = hierarchyItem(asked.file, asked.offset, trees(asked));
    const declaration = item && itemAt(asked.file, item.outline);
    if (!declaration) return [];
    outgoingCalls(declaration, trees(asked));
    incomingCalls(declaration, [asked.file], trees(asked));
    return [];
  },
  shapeSummary: ({ analyser, file, text }) => {
    shapeSummary(analyser, file.file, text);
    return [];
  },
  refactorings: (asked) => {
    const end = Math.min(asked.text.length, asked.offset + 60);
    const here = refactorings(asked.file, asked.offset, asked.offset, known(asked));
    const selected = refactorings(asked.file, asked.offset, end, known(asked));
    return [...here, ...selected].flatMap((one) => own(asked, one.edits));
  },
  settingNames: ({ file, text }) =>
    inlayHints(file, 0, text.length, { settings: true }).flatMap((hint) =>
      hint.inserts.map((one) => ({ start: one.offset, end: one.offset })),
    ),
  pathAt: ({ file, offset }) => {
    const asked = pathAt(file, offset);
    return [asked?.whole, asked?.last];
  },
  formattingTyped: ({ file, offset }) => [
    ...formattingTyped(file.syntax, offset, '}'),
    ...formattingTyped(file.syntax, offset, '\n'),
  ],
  wordAt: ({ file, offset }) => {
    wordAt(file, offset);
    return [];
  },
};

/** Asks one feature; a text says what is wrong with its answer. */
export function askFeature(name: string, asked: Asked): string | undefined {
  const feature = features[name];
  for (const range of feature?.(asked) ?? []) {
    if (!range) continue;
    if (!(range.start >= 0 && range.start <= range.end && range.end <= asked.text.length)) {
      return `${name} points at ${range.start}..${range.end} of ${asked.text.length}`;
    }
  }
  return undefined;
}
