/**
 * The pages of problems (`docs/problems/<area>/<name>.md`), one for each code: how they are read, and their index. The pages are
 * written by hand; a test runs their programs and holds code, message and severity against what the checker says.
 */
import type { Area } from '../problem.ts';

/** The areas of codes and what they are about. */
export const problemAreas: Readonly<Record<Area, string>> = {
  syntax: 'What is written',
  name: 'Names',
  argument: 'Settings and inputs',
  shape: 'Shapes',
  type: 'Types',
  loss: 'Losses and metrics',
  data: 'Data',
  train: 'Training, evaluation, export',
};

export interface ProblemPage {
  readonly code: string;
  /** What the checker says of the first program; missing where no program on the page has the problem. */
  readonly message: string | undefined;
  /** "An error", "A warning", "Information", "A hint". */
  readonly kind: string;
  /** The first sentence of the explanation. */
  readonly sentence: string;
  /** The program with the problem, and the one without it. */
  readonly bad: string | undefined;
  readonly good: string | undefined;
  /** What stands in comments `<!-- name: … -->`: data files and other programs that the programs read, as JSON. */
  readonly notes: Readonly<Record<string, string>>;
}

/** Reads a page; its parts are found by their form: heading, quoted message, kind, text, fences. */
export function readProblemPage(text: string): ProblemPage {
  const lines = text.split('\n').filter((line) => line !== '');
  const quote = lines.find((line) => line.startsWith('> '))?.slice(2);
  const [kindLine = '', firstText = ''] = lines.filter((line) => !/^(?:#|> |<!--)/u.test(line));
  const fence = (name: string) => new RegExp(`^\`\`\`model ${name}\\n([\\s\\S]*?)^\`\`\`$`, 'mu').exec(text)?.[1];
  const notes = [...text.matchAll(/^<!-- (\w+): (.*) -->$/gmu)].map((note) => [note[1] ?? '', note[2] ?? '']);
  return {
    code: /^# (\S+)/u.exec(text)?.[1] ?? '',
    message: quote,
    kind: /^[^:,]*/u.exec(kindLine)?.[0] ?? '',
    sentence: sentenceOf(firstText),
    bad: fence('bad'),
    good: fence('good'),
    notes: Object.fromEntries(notes),
  };
}

/** Up to the first full stop that ends a sentence. */
function sentenceOf(text: string): string {
  return /^.*?[.:](?=\s+[A-Z`]|$)/u.exec(text)?.[0].replace(/:$/u, '.') ?? text;
}

/** The index of all pages, by area. */
export function problemIndex(pages: readonly ProblemPage[]): string {
  const lines = [
    '# Problems',
    '',
    'What the checker, the editor and a run can say, by code. Generated from the pages by `npm run docs`; do not edit.',
    '',
    'An error keeps a run from starting. A warning is said of a program that runs and hardly does what was meant. A hint or information asks for nothing.',
    '',
  ];
  for (const [area, title] of Object.entries(problemAreas)) {
    const own = pages.filter((page) => page.code.startsWith(`${area}/`));
    if (own.length === 0) continue;
    lines.push(`## ${title}`, '', '| code | is | what it means |', '|---|---|---|');
    for (const page of [...own].sort((a, b) => (a.code < b.code ? -1 : 1))) {
      lines.push(
        `| [\`${page.code}\`](${page.code}.md) | ${kindWord(page)} | ${page.sentence.replaceAll('|', '\\|')} |`,
      );
    }
    lines.push('');
  }
  return lines.join('\n');
}

function kindWord({ kind }: ProblemPage): string {
  return kind.replace(/^(?:An?|The) /u, '').toLowerCase();
}
