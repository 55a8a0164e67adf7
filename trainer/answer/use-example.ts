/** `example` of a warm model: a row of the run's data as the model gets it, what it is, and what the model says of it. */

import type { DataCell, DataPartName, UseExampleAnswer, UseExampleAsk } from '../../protocol/index.ts';
import { wantedColumns } from '../data/nodes.ts';
import type { Parts } from '../data/split.ts';
import type { Batch } from '../engine.ts';
import { Failure } from '../failure.ts';
import { valuesOf } from './data.ts';
import { cellsOf } from './data-cells.ts';
import { askedAnswers } from './evaluation/asked.ts';
import { rowName } from './row-name.ts';
import { givenByRow, type OpenData, openData } from './use-data.ts';
import type { Used } from './use-open.ts';
import { fieldOfTruth, outputsOf } from './use-outputs.ts';
import { seenInputs } from './use-predict.ts';
import { tokensOf } from './use-tokens.ts';

export async function useExample(ask: UseExampleAsk, used: Used): Promise<UseExampleAnswer> {
  const { asked, session } = used;
  const opened = await openData(used);
  const began = performance.now();
  const part = partOf(opened.joined.parts, ask.part);
  const rows = opened.joined.parts[part];
  if (rows.length === 0)
    throw new Failure('data/nothing-to-evaluate', `The part "${part}" of this run's data has no rows.`);
  const index = ask.index % rows.length;
  const row = rows[index] ?? 0;
  const { data, pipeline } = opened.of(part);
  const batch: Batch = { size: 1, fields: await pipeline.fields(Uint32Array.of(row), { part, epoch: 0 }) };
  const said = await session.predict(batch);
  const ms = performance.now() - began;
  // The pipeline's own rows: `seenInputs` reads them as they stand there.
  const own = { ...pipeline, parts: { ...pipeline.parts, test: Uint32Array.of(row) } };
  return {
    part,
    index,
    rows: rows.length,
    where: where(opened, data.fields.find(({ used: isUsed }) => isUsed)?.name, row, part),
    given: await givenByRow(data, pipeline, row, wantedColumns(asked.data, true)),
    truth: truthOf(used, batch),
    seen: await seenInputs({ ...used, asked: { ...asked, data } }, batch, own),
    outputs: outputsOf(used, said),
    notes: [],
    ms,
  };
}

/** Held-out rows where there are some. */
function partOf(parts: Parts, wish: DataPartName | undefined): DataPartName {
  if (wish !== undefined) return wish;
  if (parts.test.length > 0) return 'test';
  return parts.validation.length > 0 ? 'validation' : 'train';
}

function where({ joined }: OpenData, field: string | undefined, row: number, part: DataPartName): string {
  return field === undefined ? `row ${row + 1}` : rowName(joined.where(field, row, part));
}

/** The fields that the outputs are compared with. */
function truthOf({ plan, fitted }: Used, batch: Batch): UseExampleAnswer['truth'] {
  const fields = askedAnswers(plan).flatMap(({ truth }) => fieldOfTruth(plan, truth) ?? []);
  return [...new Set(fields)].flatMap(({ name, node }) => {
    const tensor = batch.fields[name];
    if (tensor === undefined) return [];
    const cell: DataCell = cellsOf(valuesOf(tensor), 1, false)[0] ?? { kind: 'empty' };
    const tokens = tokensOf(plan.data, fitted, node);
    return [{ name, cell, text: tokens === undefined ? '' : tokens.join(Array.from(tensor.data)) }];
  });
}
