/** Evaluations for tests of the panel, made by the trainer's own counting from answers that are drawn, and the host that has them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  EVALUATION_VERSION,
  type Evaluation,
  type EvaluationAnswer,
  type EvaluationAnswered,
  type EvaluationAsk,
  type Example,
  findRows,
  type RowEntry,
} from '../../protocol/index.ts';
import type { AskedAnswer } from '../../trainer/answer/evaluation/asked.ts';
import { collectClasses } from '../../trainer/answer/evaluation/collect-classes.ts';
import { collectNumbers } from '../../trainer/answer/evaluation/collect-numbers.ts';
import { collectPlaces } from '../../trainer/answer/evaluation/collect-places.ts';
import { collectRanked } from '../../trainer/answer/evaluation/collect-ranked.ts';
import { collectSequences } from '../../trainer/answer/evaluation/collect-sequences.ts';
import { collectYesNo } from '../../trainer/answer/evaluation/collect-yes-no.ts';
import type { Collector } from '../../trainer/answer/evaluation/collector.ts';
import { chance, share } from '../../trainer/answer/evaluation/intervals.ts';
import type { HostTensor } from '../../trainer/engine.ts';

export function askedOf(change: Partial<AskedAnswer>): AskedAnswer {
  const ref = { node: 0, output: 0 };
  return {
    name: 'digit',
    truthName: 'label',
    kind: 'classes',
    prediction: ref,
    truth: { node: 1, output: 0 },
    where: undefined,
    size: 10,
    places: 1,
    mark: 'softmax',
    ...change,
  };
}

export function floats(shape: readonly number[], data: readonly number[]): HostTensor {
  return { dtype: 'float32', shape, data: Float32Array.from(data) };
}

export function ints(shape: readonly number[], data: readonly number[]): HostTensor {
  return { dtype: 'int32', shape, data: Int32Array.from(data) };
}

/** What a test's host has: the evaluation, its rows, how they look. */
export interface Played {
  readonly evaluation: Evaluation;
  readonly entries: readonly RowEntry[];
  readonly example: (row: number) => Example;
}

function metricsOf(answer: EvaluationAnswer): Evaluation['metrics'] {
  switch (answer.kind) {
    case 'numbers':
      return { mae: answer.mae };
    case 'sequences':
      return { characterErrorRate: answer.errorRate };
    case 'ranked':
      return { recall: answer.found.find(({ at }) => at === 10)?.share ?? { value: 0 } };
    default:
      return { accuracy: answer.accuracy };
  }
}

function played(
  answer: EvaluationAnswer,
  collector: Collector,
  rows: number,
  example: (row: number) => Example,
  change: Partial<Evaluation> = {},
): Played {
  const metrics = metricsOf(answer);
  const place = { file: 'mnist.model', line: 28, column: 11, start: 700, end: 730 };
  return {
    entries: Array.from({ length: rows }, (_, row) => collector.entry(row)),
    example,
    evaluation: {
      version: EVALUATION_VERSION,
      name: 'Digits',
      run: '0014-quiet-heron',
      unit: 'Digits',
      data: 'Mnist("t10k")',
      part: 'test',
      checkpoint: 'checkpoints/4690',
      step: 4690,
      created: Date.UTC(2026, 2, 14, 9, 26),
      examples: rows,
      dataHash: 'f00d',
      metrics,
      expect: [{ text: 'accuracy(digit, label) > 98.5%', value: 0.9786, held: false, place }],
      answers: [answer],
      slices: [],
      notes: [],
      ...change,
    },
  };
}

/** The digits of the example, with answers that are wrong now and then; markup among the names of the classes. */
export function digitsPlayed(): Played {
  const folder = join(import.meta.dirname, '..', '..', 'examples', 'digits');
  const pixels = gunzipSync(readFileSync(join(folder, 'test-images.idx.gz'))).subarray(16);
  const labels = gunzipSync(readFileSync(join(folder, 'test-labels.idx.gz'))).subarray(8);
  const rows = Math.min(1000, labels.length);
  const random = chance(7);
  const scores = Array.from({ length: rows }, (_, row) => {
    const is = labels[row] ?? 0;
    const said = random() < 0.03 ? (is === 4 ? 9 : is === 9 ? 4 : Math.floor(random() * 10)) : is;
    return Array.from({ length: 10 }, (_, c) => (c === said ? 4 + 4 * random() : 3 * random()));
  });
  const collector = collectClasses(askedOf({ mark: undefined }), rows);
  collector.add({
    first: 0,
    count: rows,
    prediction: floats([rows, 10], scores.flat()),
    truth: ints([rows], Array.from(labels.subarray(0, rows))),
    where: undefined,
  });
  const names = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
  const picture = (row: number, low: number, high: number) => ({
    kind: 'picture' as const,
    shape: [28, 28, 1],
    width: 28,
    height: 28,
    channels: 1 as const,
    low,
    high,
    pixels: pixels.subarray(row * 784, (row + 1) * 784).toString('base64'),
  });
  return played(
    collector.report(names),
    collector,
    rows,
    (row) => ({
      row,
      where: `example ${row + 1} of test-images.idx.gz`,
      columns: [{ name: 'labels', cell: { kind: 'number', value: labels[row] ?? 0 } }],
      inputs: [{ name: 'image', cell: picture(row, 0, 1), raw: picture(row, 0, 255) }],
    }),
    {
      slices: [
        {
          text: 'writer',
          left: 0,
          values: [
            { value: '<b>ada</b>', examples: 700, metrics: { accuracy: share(690, 700) } },
            { value: 'charles', examples: 300, metrics: { accuracy: share(270, 300) } },
          ],
        },
      ],
    },
  );
}

/** Passengers of a table: yes or no. */
export function yesNoPlayed(): Played {
  const random = chance(11);
  const rows = 400;
  const isSo = Array.from({ length: rows }, () => (random() < 0.35 ? 1 : 0));
  const probability = isSo.map((so) => Math.min(0.999, Math.max(0.001, 0.25 + 0.4 * so + 0.5 * (random() - 0.5))));
  const collector = collectYesNo(
    askedOf({ name: 'chance', truthName: 'lived', kind: 'yes-no', size: 1, mark: 'sigmoid' }),
    rows,
  );
  collector.add({
    first: 0,
    count: rows,
    prediction: floats([rows], probability),
    truth: floats([rows], isSo),
    where: undefined,
  });
  return played(collector.report([]), collector, rows, (row) => ({
    row,
    where: `line ${row + 2} of titanic.csv`,
    columns: [
      { name: 'age', cell: { kind: 'number', value: 20 + (row % 50) } },
      { name: 'sex', cell: { kind: 'text', text: row % 2 === 0 ? 'male' : '<i>female</i>' } },
    ],
    inputs: [],
  }));
}

/** Distances of cars: numbers. */
export function numbersPlayed(): Played {
  const random = chance(13);
  const rows = 300;
  const is = Array.from({ length: rows }, () => 1 + 3 * random());
  const said = is.map((value) => value + 0.4 * (random() + random() - 1));
  const collector = collectNumbers(
    askedOf({ name: 'miles', truthName: 'distance', kind: 'numbers', size: 1, mark: undefined }),
    rows,
  );
  collector.add({
    first: 0,
    count: rows,
    prediction: floats([rows], said),
    truth: floats([rows], is),
    where: undefined,
  });
  return played(collector.report([]), collector, rows, (row) => ({
    row,
    where: `line ${row + 2} of mpg.csv`,
    columns: [{ name: 'weight', cell: { kind: 'number', value: 2000 + row } }],
    inputs: [],
  }));
}

/** Names letter by letter: a class at each place. */
export function placesPlayed(): Played {
  const random = chance(17);
  const words = ['⟨anna⟩', '⟨bert⟩', '⟨clara⟩', '⟨dora⟩', '⟨emil⟩'];
  const letters = [...new Set(words.join(''))].sort();
  const [places, rows] = [8, 40];
  const classes = letters.length + 1;
  const truth: number[] = [];
  const scores: number[] = [];
  const texts: string[][] = [];
  for (let row = 0; row < rows; row++) {
    const signs = [...(words[row % words.length] ?? '')];
    texts.push(Array.from({ length: places }, (_, i) => signs[i] ?? ''));
    for (let i = 0; i < places; i++) {
      const is = signs[i] === undefined ? 0 : letters.indexOf(signs[i] ?? '') + 1;
      truth.push(is);
      for (let c = 0; c < classes; c++) scores.push(3 * random() + (c === is ? 3 * random() : 0));
    }
  }
  const where: HostTensor = {
    dtype: 'bool',
    shape: [rows, places],
    data: Uint8Array.from(truth, (is) => (is > 0 ? 1 : 0)),
  };
  const collector = collectPlaces(
    askedOf({ name: 'scores', truthName: 'next', kind: 'places', size: classes, places, mark: undefined }),
    rows,
  );
  collector.add({
    first: 0,
    count: rows,
    prediction: floats([rows, places, classes], scores),
    truth: ints([rows, places], truth),
    where,
  });
  return played(collector.report(['', ...letters]), collector, rows, (row) => ({
    row,
    where: `line ${row + 1} of names.txt`,
    columns: [],
    inputs: [{ name: 'next', cell: { kind: 'texts', count: places, first: [] }, tokens: texts[row] ?? [] }],
  }));
}

/** Spoken digits: a tone for each row. */
export function soundsPlayed(): Played {
  const digits = digitsPlayed();
  const rate = 8000;
  return {
    ...digits,
    example: (row) => {
      const bytes = Buffer.alloc(2 * 4000);
      for (let i = 0; i < 4000; i++)
        bytes.writeInt16LE(Math.round(12_000 * Math.sin((2 * Math.PI * (300 + 100 * (row % 10)) * i) / rate)), 2 * i);
      return {
        row,
        where: `3_theo_${row}.wav`,
        columns: [{ name: 'file', cell: { kind: 'text', text: `3_theo_${row}.wav` } }],
        inputs: [
          {
            name: 'wave',
            cell: { kind: 'sound', samples: 4000, least: [-0.4], greatest: [0.4] },
            sound: { rate, samples: bytes.toString('base64') },
          },
        ],
      };
    },
  };
}

/** Digits that were spoken one after the other: a tone for each, and what was heard. */
export function spokenPlayed(): Played {
  const random = chance(19);
  const [rows, places, classes] = [60, 10, 11];
  const truth: number[] = [];
  const scores: number[] = [];
  for (let row = 0; row < rows; row++) {
    const is = Array.from({ length: 5 }, (_, i) => (i < 3 + (row % 3) ? 1 + Math.floor(10 * random()) : 0));
    truth.push(...is);
    for (let moment = 0; moment < places; moment++) {
      const own = moment % 2 === 0 ? (is[moment / 2] ?? 0) : 0;
      const heard = random() < 0.06 ? Math.floor(classes * random()) : own;
      for (let c = 0; c < classes; c++) scores.push(c === heard ? 5 : random());
    }
  }
  const where: HostTensor = { dtype: 'bool', shape: [rows, 5], data: Uint8Array.from(truth, (is) => (is > 0 ? 1 : 0)) };
  const asked = askedOf({ name: 'moments', truthName: 'digits', kind: 'sequences', size: classes, places, blank: 0 });
  const collector = collectSequences(asked, rows);
  const prediction = floats([rows, places, classes], scores);
  collector.add({ first: 0, count: rows, prediction, truth: ints([rows, 5], truth), where });
  const { example } = soundsPlayed();
  const names = ['', '<b>0</b>', ...Array.from({ length: 9 }, (_, i) => String(i + 1))];
  return played(collector.report(names), collector, rows, example);
}

/** Films for people: each one's own looked up among all. */
export function filmsPlayed(): Played {
  const random = chance(23);
  const [rows, size] = [120, 4];
  const spread = () => random() + random() - 1;
  const keys = Array.from({ length: rows * size }, spread);
  const queries = keys.map((value) => value + 0.5 * spread());
  const collector = collectRanked(
    askedOf({ name: 'query', truthName: 'candidate', kind: 'ranked', size, at: 10, mark: undefined }),
    rows,
  );
  const [prediction, truth] = [floats([rows, size], queries), floats([rows, size], keys)];
  collector.add({ first: 0, count: rows, prediction, truth, where: undefined });
  const answer = collector.report([]);
  if (answer.kind !== 'ranked') throw new Error(answer.kind);
  const film = (row: number) => `${['Alien', 'Brazil', '<i>Clue</i>', 'Dune', 'Eve', 'Fargo'][row % 6]} ${1950 + row}`;
  return played({ ...answer, columns: { query: ['user'], key: ['film'] } }, collector, rows, (row) => ({
    row,
    where: `line ${row + 2} of ratings.csv`,
    columns: [
      { name: 'user', cell: { kind: 'number', value: 100 + (row % 17) } },
      { name: 'film', cell: { kind: 'text', text: film(row) } },
    ],
    inputs: [
      {
        name: 'history',
        cell: { kind: 'texts', count: 3, first: [] },
        tokens: [1, 2, 3].map((step) => film((row + 7 * step) % rows)),
      },
    ],
  }));
}

/** Answers as the host does. */
export function answerOf(ask: EvaluationAsk, { evaluation, entries, example }: Played): EvaluationAnswered {
  switch (ask.kind) {
    case 'list': {
      const { name, data, part, examples, step, created } = evaluation;
      return {
        kind: 'list',
        evaluations: [{ name, data, part, examples, step, created, failed: 1 }],
        offers: [{ name: 'Digits', line: 24 }],
        running: undefined,
      };
    }
    case 'read':
      return { kind: 'read', evaluation };
    case 'find': {
      const answer = evaluation.answers[ask.answer];
      const rows = answer === undefined ? [] : findRows(answer.kind, entries, ask.filter);
      return { kind: 'find', total: rows.length, rows: rows.slice(ask.from, ask.from + ask.count) };
    }
    case 'examples':
      return { kind: 'examples', examples: ask.rows.map(example) };
    default:
      return { kind: 'done' };
  }
}
