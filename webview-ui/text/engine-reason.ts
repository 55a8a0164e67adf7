/**
 * Why a run trains on its engine, in the reader's language. Runs keep that sentence in English, made of a few clauses that
 * `trainer/choice` writes; a clause that is not known here, as a driver's own words, stays as it is.
 */
import { t } from './translate.ts';
import { type Wording, worded } from './worded.ts';

const device = (name: string): string => t(name);

/** What is said of one engine. */
const CLAUSES: readonly Wording[] = [
  [/^the default$/, () => t('the default engine')],
  [/^asked for$/, () => t('asked for')],
  [/^the default, on the ([CG]PU) as asked for$/, (on) => t('the default engine, on the {0} as asked for', device(on))],
  [/^asked for, on the ([CG]PU) as asked for$/, (on) => t('asked for, and on the {0}', device(on))],
  [
    /^the default, since (.+) on the ([CG]PU) failed$/,
    (engine, on) => t('the default engine, since {0} on the {1} failed', engine, device(on)),
  ],
  [/^([\d.e+-]+) ms a step$/, (ms) => t('{0} ms a step', ms)],
  [
    /^the fastest of (\d+) measured: ([\d.e+-]+) ms a step$/,
    (among, ms) => t('the fastest of {0} measured, with {1} ms a step', among, ms),
  ],
  [
    /^the fastest of (\d+) measured: ([\d.e+-]+) ms a step, (.+) takes ([\d.e+-]+) ms$/,
    (among, ms, other, theirs) =>
      t('the fastest of {0} measured, with {1} ms a step; {2} takes {3} ms', among, ms, other, theirs),
  ],
  [/^trying it took too long$/, () => t('trying it took too long')],
  [
    /^(.+?) not used: (.+)$/,
    (who, why) => t('{0} is not used: {1}', who === 'GPU' ? device(who) : who, troubleText(why)),
  ],
];

/** Why an engine that is there is not used. */
const TROUBLES: readonly Wording[] = [
  [/^none was found$/, () => t('none was found')],
  [/^it was not measured$/, () => t('it was not measured')],
  [/^there was no time left to measure it$/, () => t('there was no time left to measure it')],
  [/^it did not finish a step within ([\d.]+) s$/, (seconds) => t('it did not finish a step within {0} s', seconds)],
  [/^its driver refuses a program: (.+)$/, (words) => t('its driver refuses a program: {0}', words)],
  [
    /^its loss at step (\d+) is (\S+), that of (.+) (\S+)$/,
    (step, loss, other, theirs) => t('its loss at step {0} is {1}, that of {2} is {3}', step, loss, other, theirs),
  ],
  [/^its process ended with (.+)$/, (signal) => t('its process ended with {0}', signal)],
];

/** The sentence that a run keeps, clause by clause. */
export function engineReason(reason: string): string {
  const before = ', as measured before';
  const known = reason.endsWith(before);
  const clauses = (known ? reason.slice(0, -before.length) : reason)
    .split('; ')
    .map((clause) => worded(clause, CLAUSES));
  return [...clauses, ...(known ? [t('as measured before')] : [])].join(' · ');
}

/** Why a GPU that is there is not used; undefined where nothing is said of one. */
export function gpuTrouble(reason: string): string | undefined {
  const before = 'GPU not used: ';
  const why = reason
    .split('; ')
    .find((clause) => clause.startsWith(before))
    ?.slice(before.length);
  return why === undefined || /no (adapter|GPU)|not found|none/i.test(why) ? undefined : troubleText(why);
}

function troubleText(why: string): string {
  return worded(why, TROUBLES);
}

/** `ONNX Runtime 1.30.0, CPU, 8 threads`: engine and threads. */
export function engineTitle(title: string): string {
  return worded(title, [
    [
      /^(.+), (\d+) threads?$/,
      (engine, threads) =>
        Number(threads) === 1 ? t('{0}, 1 thread', engine) : t('{0}, {1} threads', engine, threads),
    ],
  ]);
}
