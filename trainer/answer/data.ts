/**
 * Rows of a data declaration as people look at them: what the source holds, what each step makes of it, what the model gets,
 * with statistics over the part and what cleaning did.
 */
import type { DataNode, PlanField } from '../../language/index.ts';
import {
  DATA_REPORT_VERSION,
  type DataFieldReport,
  type DataPlan,
  type DataReport,
  type DataStage,
  type DataWindow,
} from '../../protocol/index.ts';
import { createAugment } from '../data/augment/index.ts';
import { nameOf, type Visit } from '../data/context.ts';
import { fetchDownloads } from '../data/downloads.ts';
import { bringsToOneSize } from '../data/media.ts';
import { nodeOf, reachable, wantedColumns } from '../data/nodes.ts';
import { loadOtherParts, withOtherParts } from '../data/other.ts';
import { createPipeline, type Pipeline } from '../data/pipeline.ts';
import { isColumn, loadSource } from '../data/source.ts';
import { shapeText, sizeOf } from '../data/values.ts';
import type { HostTensor } from '../engine.ts';
import { eventPlace } from '../failure.ts';
import { sayAside } from './aside.ts';
import { cellsOf } from './data-cells.ts';
import { FieldFacts } from './data-facts.ts';

/** Most rows of an answer. */
const MOST_ROWS = 100;

type ValueCount = NonNullable<DataFieldReport['classes']>[number];

/** Reads the data and answers the rows of the window. */
export async function lookAtData(
  asked: DataPlan,
  window: DataWindow,
  dataFolder: string | undefined,
): Promise<DataReport> {
  const program = asked.sources[asked.data.source.place.source]?.path ?? asked.file;
  const place = { program, dataFolder };
  await fetchDownloads(asked.data, { dataFolder, say: sayAside });
  const loaded = await loadSource(asked.data, place, wantedColumns(asked.data));
  const own = await createPipeline(asked.data, loaded.table);
  const others = await loadOtherParts(asked.data, own.fitted, place);
  const { parts, where } = withOtherParts(own, others);
  // The rows of other data are shown as its own section makes them.
  const other = others[window.part];
  const plan = other ? { ...asked, data: other.data } : asked;
  const { data } = plan;
  const pipeline = other?.pipeline ?? own;
  const part = parts[window.part];
  const from = Math.min(window.from, Math.max(0, part.length - 1));
  const rows = part.subarray(from, from + Math.min(window.count, MOST_ROWS));
  const visit: Visit = { part: window.part, epoch: Math.max(1, window.epoch) };
  const augmented = window.part === 'train' ? await augment(plan, pipeline, rows, visit) : {};
  const fields: DataFieldReport[] = [];
  for (const field of data.fields) {
    fields.push(await reportOf(field, { plan, pipeline, rows, part, augmented: augmented[field.name], visit }));
  }
  const [first] = data.fields;
  return {
    version: DATA_REPORT_VERSION,
    title: asked.data.title,
    rows: {
      train: parts.train.length,
      validation: parts.validation.length,
      test: parts.test.length,
    },
    window: { ...window, from },
    names: Array.from(rows, (row) => (first === undefined ? String(row + 1) : where(first.name, row, window.part))),
    fields,
    cleaning: pipeline.cleaning.lines,
  };
}

/** What training sees of these rows in an epoch, by field; empty where nothing is augmented. */
async function augment(
  { data }: DataPlan,
  pipeline: Pipeline,
  rows: Uint32Array,
  visit: Visit,
): Promise<Readonly<Record<string, HostTensor>>> {
  const change = createAugment(data.augment, data.seed);
  if (change === undefined || rows.length === 0) return {};
  const all = change(await pipeline.fields(rows, visit), { rows, epoch: visit.epoch });
  const touched = new Set(data.augment?.flatMap((flow) => flow.fields));
  return Object.fromEntries(Object.entries(all).filter(([name]) => touched.has(name)));
}

interface Around {
  readonly plan: DataPlan;
  readonly pipeline: Pipeline;
  readonly rows: Uint32Array;
  readonly part: Uint32Array;
  readonly augmented: HostTensor | undefined;
  readonly visit: Visit;
}

/** From the raw columns to the field, what these rows hold after each step. */
export async function stagesOf(
  field: PlanField,
  plan: DataPlan,
  pipeline: Pipeline,
  rows: Uint32Array,
): Promise<readonly DataStage[]> {
  const stages: DataStage[] = [];
  for (const id of [...reachable(plan.data, [field.node])].sort((a, b) => a - b)) {
    const node = nodeOf(plan.data, id);
    if (nameOf(node.op) === 'constant' || isInner(node, plan)) continue;
    const values = await pipeline.node(id, rows);
    stages.push({
      title: titleOf(node, plan),
      place: eventPlace(plan, node.place),
      cells: cellsOf(values, rows.length, isColumn(node.op)),
    });
  }
  return stages;
}

async function reportOf(field: PlanField, around: Around): Promise<DataFieldReport> {
  const { plan, pipeline, rows, part, augmented, visit } = around;
  const stages = [...(await stagesOf(field, plan, pipeline, rows))];
  const facts = new FieldFacts(sizeOf(field.shape) === 1 && field.dtype !== 'float32');
  for (const chunk of sample(part, sizeOf(field.shape)))
    facts.add(valuesOf(await pipeline.field(field.name, chunk, visit)));
  const { statistics } = facts;
  const classes = facts.classes?.map(named(pipeline.fitted.get(field.node)));
  if (augmented !== undefined) {
    const cells = cellsOf(valuesOf(augmented), rows.length, false);
    stages.push({ title: 'augmented', place: eventPlace(plan, field.place), cells });
  }
  const type = field.shape.length === 0 ? field.dtype : `${field.dtype}${shapeText(field.shape)}`;
  return { name: field.name, type, place: eventPlace(plan, field.place), stages, statistics, classes };
}

/** Class numbers with the values that they stand for: `owl (2)`. */
function named(fitted: ReturnType<Pipeline['fitted']['get']>) {
  const values = fitted?.kind === 'Index' ? fitted.values : undefined;
  return (each: ValueCount): ValueCount => {
    const name = values?.[Number(each.value)];
    return name === undefined ? each : { ...each, value: `${String(name).slice(0, 80)} (${each.value})` };
  };
}

/** Decoded files of many sizes are only held in one: what stands between them and the step that makes them so is not shown. */
function isInner({ id }: DataNode, { data }: DataPlan): boolean {
  return data.nodes.some((node) => node.inputs.includes(id) && bringsToOneSize(node, data));
}

/** A tensor's rows as the pipeline holds them. */
export function valuesOf({ dtype, shape: [count = 0, ...shape], data }: HostTensor) {
  return { dtype, shape, count, data };
}

const MOST_TITLE = 48;

/** As the program writes it: `scale(0..255, 0..1)`; a column by its name. */
function titleOf(node: DataNode, plan: DataPlan): string {
  if (isColumn(node.op)) return `column ${String(node.settings.name)}`;
  const text = plan.sources[node.place.source]?.text.slice(node.place.start, node.place.end).replace(/\s+/g, ' ') ?? '';
  const title = text === '' ? nameOf(node.op) : text;
  return title.length > MOST_TITLE ? `${title.slice(0, MOST_TITLE - 1)}…` : title;
}

const CHUNK = 1024;
/** Numbers that the statistics of a field look at: more would keep people waiting. */
const MOST_NUMBERS = 8_000_000;
/** Rows of it in any case. */
const LEAST_ROWS = 500;

/** All rows of a part, or as many as are looked at, evenly spread. */
function* sample(part: Uint32Array, size: number): Generator<Uint32Array> {
  const count = Math.min(part.length, Math.max(LEAST_ROWS, Math.floor(MOST_NUMBERS / Math.max(1, size))));
  const rows =
    count === part.length
      ? part
      : Uint32Array.from({ length: count }, (_, i) => part[Math.floor((i * part.length) / count)] ?? 0);
  for (let from = 0; from < rows.length; from += CHUNK) yield rows.subarray(from, from + CHUNK);
}
