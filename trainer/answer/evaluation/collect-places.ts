/** A class at each of many places: tokens of a text, pixels of a picture. A place of one number is yes or no. */
import type { PlacesAnswer } from '../../../protocol/index.ts';
import type { AskedAnswer } from './asked.ts';
import { type Collector, classAt, counts, each, greatest, probabilities, probabilityOf, short } from './collector.ts';
import { cellsOf, classReport } from './counting.ts';
import { ratio } from './intervals.ts';

/** Classes that are counted one by one. */
const MOST_CLASSES = 60;
/** Places that are kept for looking at single rows. */
const MOST_PLACES = 2_000_000;

export function collectPlaces(asked: AskedAnswer, rows: number): Collector {
  const { size, places, mark } = asked;
  const classes = Math.max(2, size);
  const surprise = new Float64Array(rows);
  const right = new Float64Array(rows);
  const counted = new Float64Array(rows);
  const table = new Map<number, number>();
  const kept = Math.min(rows, Math.floor(MOST_PLACES / places));
  /** −1: the place does not count. */
  const chance = new Float32Array(kept * places).fill(-1);
  const words = new Int32Array(kept * places);
  const own = new Float64Array(classes);

  const place = (prediction: Float32Array | Int32Array | Uint8Array, at: number): void => {
    if (size > 1) {
      probabilities(prediction, at * size, size, mark, own);
      return;
    }
    const yes = probabilityOf(prediction[at] ?? 0, mark);
    own[0] = 1 - yes;
    own[1] = yes;
  };
  return {
    asked,
    add({ first, count, prediction, truth, where }) {
      for (let i = 0; i < count; i++) {
        const row = first + i;
        for (let j = 0; j < places; j++) {
          const at = i * places + j;
          if (!counts(where, where?.data.length === count ? i : at)) continue;
          place(prediction.data, at);
          const so = size === 1 ? ((truth.data[at] ?? 0) > 0.5 ? 1 : 0) : classAt(truth, at, size, count * places);
          const said = greatest(own, 0, classes);
          const probability = own[so] ?? 0;
          surprise[row] = (surprise[row] ?? 0) - Math.log(Math.max(probability, 1e-30));
          right[row] = (right[row] ?? 0) + (so === said ? 1 : 0);
          counted[row] = (counted[row] ?? 0) + 1;
          if (classes <= MOST_CLASSES) {
            const key = so * classes + said;
            table.set(key, (table.get(key) ?? 0) + 1);
          }
          if (row < kept) {
            chance[row * places + j] = probability;
            words[row * places + j] = said;
          }
        }
      }
    },
    report(names): PlacesAnswer {
      const cells = cellsOf(table, classes);
      return {
        kind: 'places',
        name: asked.name,
        truth: asked.truthName,
        examples: counted.reduce((sum, each) => sum + (each > 0 ? 1 : 0), 0),
        places: counted.reduce((sum, each) => sum + each, 0),
        accuracy: ratio(right, counted),
        perplexity: ratio(surprise, counted, Math.exp),
        classes: classes <= MOST_CLASSES ? Array.from({ length: classes }, (_, i) => names[i] ?? String(i)) : [],
        cells,
        perClass: classes <= MOST_CLASSES ? classReport(cells, classes).perClass : [],
      };
    },
    entry(row) {
      const all = counted[row] ?? 0;
      if (all === 0) return null;
      const head = [short((surprise[row] ?? 0) / all), short((right[row] ?? 0) / all), all];
      if (row >= kept) return [...head, [], []];
      const [from, to] = [row * places, (row + 1) * places];
      return [
        ...head,
        Array.from(chance.subarray(from, to), (value) => (value < 0 ? -1 : Math.round(value * 1000) / 1000)),
        Array.from(words.subarray(from, to)),
      ];
    },
    figure(metric, choice) {
      const pick = (of: Float64Array): number[] => {
        const found: number[] = [];
        each(choice, rows, (row) => found.push(of[row] ?? 0));
        return found;
      };
      switch (metric.op) {
        case 'metric/accuracy':
          return ratio(pick(right), pick(counted));
        case 'metric/perplexity':
          return ratio(pick(surprise), pick(counted), Math.exp);
        default:
          return undefined;
      }
    },
  };
}
