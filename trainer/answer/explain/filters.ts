/** The filters of a layer: the kernel itself where they are pictures, the size of each in any case. */
import { eventNumber, type UseLayersAnswer } from '../../../protocol/index.ts';
import { Failure } from '../../failure.ts';
import { packed, type UsedRun } from './used-run.ts';

type Filters = Extract<UseLayersAnswer, { kind: 'filters' }>;

/** More filters than these nobody looks at. */
const MOST_NUMBERS = 500_000;

/** Of the layer's weights the first with two axes or more. */
export function filtersOf({ compiled, weights }: UsedRun, path: string): Filters {
  const weight = compiled.weights.find(
    (each) =>
      each.path.startsWith(`${path}/`) && !each.path.slice(path.length + 1).includes('/') && each.shape.length > 1,
  );
  const tensor = weight && weights.get(weight.path);
  if (weight === undefined || !(tensor?.data instanceof Float32Array)) {
    throw new Failure('train/no-layer', `The layer \`${path}\` has no weights with two axes or more, so no filters.`);
  }
  const { shape } = weight;
  const count = shape.at(-1) ?? 1;
  const squares = new Float64Array(count);
  for (let i = 0; i < tensor.data.length; i++) {
    squares[i % count] = (squares[i % count] ?? 0) + (tensor.data[i] ?? 0) ** 2;
  }
  const isPicture = shape.length === 4 && (shape[2] === 1 || shape[2] === 3) && tensor.data.length <= MOST_NUMBERS;
  return {
    kind: 'filters',
    path,
    shape,
    values: isPicture ? packed(tensor.data) : undefined,
    norms: Array.from(squares, (value) => eventNumber(Math.sqrt(value))),
  };
}
