/** What a model's outputs say, in the terms of what it was trained for: classes, chances, tokens, or what they are. */
import type { Plan, PlanField, Ref } from '../../language/index.ts';
import { type EventNumber, eventNumber, type UseOutput } from '../../protocol/index.ts';
import { nameOf } from '../data/context.ts';
import type { FittedNodes } from '../data/fit.ts';
import type { HostTensor } from '../engine.ts';
import { valuesOf } from './data.ts';
import { cellsOf } from './data-cells.ts';
import { type AskedAnswer, askedAnswers } from './evaluation/asked.ts';
import type { Used } from './use-open.ts';
import { tokensOf } from './use-tokens.ts';

/** The outputs of one example (the first of the batch), those that the model is judged by first. */
export function outputsOf(
  { plan, fitted }: Pick<Used, 'plan' | 'fitted'>,
  said: Readonly<Record<string, HostTensor>>,
): readonly UseOutput[] {
  const answers = askedAnswers(plan);
  const place = (ref: Ref): number => {
    const found = answers.findIndex((answer) => isSame(answer.prediction, ref));
    return found < 0 ? answers.length : found;
  };
  return [...plan.graph.outputs]
    .sort((a, b) => place(a.ref) - place(b.ref))
    .flatMap(({ name, ref, trainingOnly }) => {
      const tensor = said[name];
      return tensor === undefined || trainingOnly
        ? []
        : outputOf(
            name,
            tensor,
            answers.find((answer) => isSame(answer.prediction, ref)),
            {
              plan,
              fitted,
            },
          );
    });
}

interface Around {
  readonly plan: Plan;
  readonly fitted: FittedNodes | undefined;
}

function outputOf(name: string, tensor: HostTensor, asked: AskedAnswer | undefined, around: Around): UseOutput {
  const numbers = Array.from(tensor.data, Number);
  const cell = (like: string | undefined): UseOutput => ({
    kind: 'cell',
    name,
    cell: cellsOf(valuesOf(tensor), 1, false)[0] ?? { kind: 'empty' },
    like,
  });
  switch (asked?.kind) {
    case undefined:
    case 'ranked':
      return cell(undefined);
    case 'numbers':
      return cell(asked.truthName);
    case 'classes': {
      const names = namesOf(asked.truth, around);
      const chances = asked.mark === 'softmax' ? numbers : softmax(numbers);
      return { kind: 'classes', name, chances: chances.map(eventNumber), classes: chances.map((_, i) => names(i)) };
    }
    case 'yes-no':
    case 'labels': {
      const names = namesOf(asked.truth, around);
      const chances = asked.mark === 'sigmoid' ? numbers : numbers.map(sigmoid);
      const classes = asked.size === 1 ? [asked.truthName] : chances.map((_, i) => names(i));
      return { kind: 'chances', name, chances: chances.map(eventNumber), classes };
    }
    case 'places':
      return asked.size > 1 && asked.places <= MOST_TOKENS
        ? tokensAt(name, numbers, asked.size, asked.mark === 'softmax', namesOf(asked.truth, around))
        : cell(asked.truthName);
    case 'sequences': {
      const names = namesOf(asked.truth, around);
      if (asked.blank !== undefined) return heard(name, numbers, asked.size, asked.blank, names);
      const said = numbers.filter((number) => number >= 0).map(names);
      return { kind: 'tokens', name, tokens: said, chances: said.map(() => 1) };
    }
  }
}

/** Longer sequences are shown as what they are. */
const MOST_TOKENS = 4096;

function tokensAt(
  name: string,
  numbers: readonly number[],
  size: number,
  areChances: boolean,
  names: (number: number) => string,
): UseOutput {
  const tokens: string[] = [];
  const chances: EventNumber[] = [];
  for (let from = 0; from < numbers.length; from += size) {
    const scores = numbers.slice(from, from + size);
    const own = areChances ? scores : softmax(scores);
    const best = highest(own);
    tokens.push(names(best));
    chances.push(eventNumber(own[best] ?? Number.NaN));
  }
  return { kind: 'tokens', name, tokens, chances };
}

/** The likeliest class of each frame, repeats and blanks taken out; the chance is that of its surest frame. */
function heard(
  name: string,
  numbers: readonly number[],
  size: number,
  blank: number,
  names: (number: number) => string,
): UseOutput {
  const found: { readonly best: number; chance: number }[] = [];
  let before = blank;
  for (let from = 0; from < numbers.length; from += size) {
    const chances = softmax(numbers.slice(from, from + size));
    const best = highest(chances);
    const chance = chances[best] ?? Number.NaN;
    const last = found.at(-1);
    if (best !== blank && best !== before) found.push({ best, chance });
    else if (best !== blank && last !== undefined) last.chance = Math.max(last.chance, chance);
    before = best;
  }
  return {
    kind: 'tokens',
    name,
    tokens: found.map(({ best }) => names(best)),
    chances: found.map(({ chance }) => eventNumber(chance)),
  };
}

/** What the classes of a truth are called; their numbers where nothing is known. */
function namesOf(truth: Ref, { plan, fitted }: Around): (number: number) => string {
  const field = fieldOfTruth(plan, truth);
  const tokens = field && tokensOf(plan.data, fitted, field.node);
  if (tokens !== undefined) return tokens.text;
  const learned = field && oneHotValues(plan, fitted, field);
  return (number) => String(learned?.[number] ?? number);
}

/** The field that a truth is. */
export function fieldOfTruth(plan: Plan, truth: Ref): PlanField | undefined {
  const name = plan.graph.nodes[truth.node]?.settings.name;
  return plan.data.fields.find((field) => field.name === name);
}

function oneHotValues(
  plan: Plan,
  fitted: FittedNodes | undefined,
  field: PlanField,
): readonly (string | number)[] | undefined {
  const node = plan.data.nodes[field.node];
  const learned = node && nameOf(node.op) === 'OneHot' ? fitted?.get(node.id) : undefined;
  return learned?.kind === 'OneHot' ? learned.values : undefined;
}

/** Numbers that are positive and sum to 1. */
export function softmax(scores: readonly number[]): number[] {
  const most = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

function highest(values: readonly number[]): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}

function isSame(a: Ref, b: Ref): boolean {
  return a.node === b.node && a.output === b.output;
}
