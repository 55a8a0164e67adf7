/** `predict` of a warm model: what was given, what the model sees of it, and what it says. */
import { basename } from 'node:path';
import type { DataStage, SeenInput, UsePredictAnswer, UsePredictAsk } from '../../protocol/index.ts';
import { shapeText } from '../data/values.ts';
import type { Batch, HostTensor } from '../engine.ts';
import { Failure } from '../failure.ts';
import { stagesOf, valuesOf } from './data.ts';
import { cellsOf } from './data-cells.ts';
import { type Batches, batchesOf } from './given.ts';
import { givenInputs } from './use-given.ts';
import type { Used } from './use-open.ts';
import { outputsOf } from './use-outputs.ts';
import { tokensOf } from './use-tokens.ts';

/** The outputs for the first example of what is given. */
export async function usePredict(ask: UsePredictAsk, used: Used): Promise<UsePredictAnswer> {
  const { asked, folder, fitted } = used;
  const began = performance.now();
  const batches = await batchesOf(asked, folder, givenInputs(ask.inputs, used), fitted);
  if (batches.count === 0)
    throw new Failure('data/too-few', 'What is given makes no example: it is empty, or too short for the model.');
  const batch = await batches.at(0, 1);
  const said = await used.session.predict(batch);
  const ms = performance.now() - began;
  const more = batches.count > 1 ? [`It holds ${batches.count} examples. The first one is shown.`] : [];
  return {
    seen: await seenInputs(used, batch, batches.pipeline, namesOf(ask)),
    outputs: outputsOf(used, said),
    notes: [...batches.notes, ...more],
    ms,
  };
}

/** What the model gets for each of its inputs, and the way there. */
export async function seenInputs(
  { asked, fitted, scratch }: Pick<Used, 'asked' | 'fitted' | 'scratch'>,
  batch: Batch,
  pipeline: Batches['pipeline'],
  names: readonly string[] = [],
): Promise<readonly SeenInput[]> {
  const seen: SeenInput[] = [];
  for (const { name } of asked.graph.inputs) {
    const tensor = batch.fields[name];
    const field = asked.data.fields.find((each) => each.name === name);
    if (tensor === undefined) continue;
    const piped = pipeline !== undefined && field !== undefined;
    const stages = piped ? await stagesOf(field, asked, pipeline, Uint32Array.of(pipeline.parts.test[0] ?? 0)) : [];
    seen.push({
      name,
      type: typeText(tensor),
      cell: cellsOf(valuesOf(tensor), 1, false)[0] ?? { kind: 'empty' },
      tokens: field && seenTokens(tensor, tokensOf(asked.data, fitted, field.node)),
      stages: stages.map((stage) => withoutFolder(stage, scratch, names)),
    });
  }
  return seen;
}

/** Tokens of one row; the filling at its end is left out. */
function seenTokens(tensor: HostTensor, tokens: ReturnType<typeof tokensOf>): readonly string[] | undefined {
  if (tokens === undefined) return undefined;
  const texts = Array.from(tensor.data, tokens.text);
  while (texts.length > 1 && texts.at(-1) === '') texts.pop();
  return texts;
}

function typeText({ dtype, shape }: HostTensor): string {
  return shape.length === 1 ? dtype : `${dtype}${shapeText(shape.slice(1))}`;
}

/** What the files were called where they came from, in the order in which they were given. */
function namesOf({ inputs }: UsePredictAsk): readonly string[] {
  return Object.values(inputs).map((value) => (value.kind === 'file' ? basename(value.name) : ''));
}

/** Where the process keeps its files is nobody's business: they are called as they were. */
function withoutFolder(stage: DataStage, scratch: string, names: readonly string[]): DataStage {
  const cells = stage.cells.map((cell) => {
    if (cell.kind !== 'text' || !cell.text.startsWith(scratch)) return cell;
    const own = basename(cell.text);
    return { ...cell, text: names[Number.parseInt(own, 10)] ?? own };
  });
  return { ...stage, cells };
}
