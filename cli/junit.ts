/** Tests as a JUnit report: what continuous integration reads. */

export interface TestCase {
  /** The condition, as the program writes it. */
  readonly name: string;
  /** Program and declaration. */
  readonly suite: string;
  readonly file: string;
  readonly line: number;
  readonly seconds: number;
  readonly outcome:
    | { readonly kind: 'held'; readonly value: string }
    | { readonly kind: 'failed'; readonly message: string }
    /** It could not be tried. */
    | { readonly kind: 'error'; readonly message: string };
}

/** The report: a suite for each declaration. */
export function junit(cases: readonly TestCase[]): string {
  const suites = [...new Set(cases.map(({ suite }) => suite))];
  const count = (some: readonly TestCase[]): string =>
    `tests="${some.length}" failures="${some.filter(({ outcome }) => outcome.kind === 'failed').length}" errors="${some.filter(({ outcome }) => outcome.kind === 'error').length}" time="${some.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3)}"`;
  const lines = suites.flatMap((suite) => {
    const own = cases.filter((each) => each.suite === suite);
    return [`  <testsuite name="${xml(suite)}" ${count(own)}>`, ...own.flatMap(caseLines), '  </testsuite>'];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="modelwright" ${count(cases)}>`,
    ...lines,
    '</testsuites>',
    '',
  ].join('\n');
}

function caseLines({ name, suite, file, line, seconds, outcome }: TestCase): readonly string[] {
  const head = `    <testcase name="${xml(name)}" classname="${xml(suite)}" file="${xml(file)}" line="${line}" time="${seconds.toFixed(3)}"`;
  if (outcome.kind === 'held') return [`${head}><system-out>${xml(outcome.value)}</system-out></testcase>`];
  const tag = outcome.kind === 'failed' ? 'failure' : 'error';
  return [
    `${head}>`,
    `      <${tag} message="${xml(outcome.message)}">${xml(`${file}:${line}: ${outcome.message}`)}</${tag}>`,
    '    </testcase>',
  ];
}

/** Text within XML: what stands for markup is written out, and what XML has no sign for is left out. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '&#10;');
}
