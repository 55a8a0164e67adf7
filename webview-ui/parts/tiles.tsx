/** The numbers that matter, large: validation metric and loss, training loss, pace. */
import { useComputed } from '@preact/signals';
import type { RunState } from '../../protocol/index.ts';
import { leadingMetric } from '../best-text.ts';
import { useHost } from '../context.ts';
import type { PanelStore } from '../store.ts';
import { checkpointText } from '../text/checkpoint.ts';
import { count, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { Spark } from './spark.tsx';
import {
  gradient,
  machineTile,
  metricTile,
  rateTile,
  soFarTile,
  type TileInfo,
  throughput,
  trainingLoss,
} from './tile-values.ts';

/** A row of tiles. */
export function Tiles() {
  const { store } = useHost();
  const smoothing = useComputed(() => store.view.value.smoothing);
  const tiles = tilesOf(store, smoothing.value);
  return (
    <div class="tiles">
      {tiles.map((tile) => (
        <div key={tile.key} class="card tile" data-tile={tile.key}>
          <span class="label">{tile.label}</span>
          <span class={tile.tone === 'bad' ? 'big bad' : 'big'}>
            {tile.value}
            {tile.unit === '' ? null : <small>{tile.unit}</small>}
          </span>
          <span class="foot">
            <span class={tile.tone}>{tile.note}</span>
            <Spark values={tile.spark} role={tile.role} />
          </span>
        </div>
      ))}
    </div>
  );
}

function tilesOf(store: PanelStore, smoothing: number): TileInfo[] {
  const run = store.run.value;
  if (isBroken(run)) return tilesOfBroken(store, smoothing);
  const leading = leadingMetric(run);
  const ghost = store.ghost.value;
  const tiles: TileInfo[] = [];
  if (leading !== undefined && leading.name !== 'loss') {
    const isChecked = run.epochs.length > 0;
    tiles.push(
      isChecked ? metricTile(run, leading.name, leading.direction, ghost) : soFarTile(store, leading.name, smoothing),
    );
  }
  if (run.epochs.some((epoch) => epoch.validation?.loss !== undefined))
    tiles.push(metricTile(run, 'loss', 'min', ghost));
  tiles.push(trainingLoss(store, smoothing), throughput(store));
  if (run.columns.values.has('gradientNorm') || store.progress.value.latest.gradientNorm !== undefined) {
    tiles.push(gradient(store));
  }
  const machine = machineTile(store);
  if (machine !== undefined) tiles.push(machine);
  return tiles;
}

/** The loss left the finite numbers, and the run ended with it. */
function isBroken({ state, problems }: RunState): boolean {
  return state === 'failed' && problems.some(({ code }) => code === 'train/not-finite');
}

/** What tells why a loss broke: itself, the gradient and the learning rate; and what is saved. */
function tilesOfBroken(store: PanelStore, smoothing: number): TileInfo[] {
  const run = store.run.value;
  const leading = leadingMetric(run);
  const saved = run.checkpoints.at(-1)?.step;
  const tiles: TileInfo[] = [];
  if (leading !== undefined) {
    const tile = metricTile(run, leading.name, leading.direction, undefined);
    tiles.push(saved === undefined ? tile : { ...tile, note: checkpointText({ step: saved }), tone: 'calm' });
  }
  const loss = trainingLoss(store, smoothing);
  tiles.push({ ...loss, note: finiteBefore(run, 'train.loss') ?? loss.note });
  if (run.columns.values.has('gradientNorm') || store.progress.value.latest.gradientNorm !== undefined) {
    tiles.push({ ...gradient(store), note: finiteBefore(run, 'gradientNorm') ?? '', tone: 'bad' });
  }
  tiles.push(rateTile(store));
  return tiles;
}

/** Steps before the end among which the last usual value is looked for. */
const LOOK_BACK = 100;

/** `0.041 at step 2,374`: the least finite value of the last steps before the broken one. */
function finiteBefore({ columns }: RunState, name: string): string | undefined {
  const values = columns.values.get(name);
  let least: { readonly value: number; readonly step: number } | undefined;
  for (let row = columns.length - 2; values && row >= Math.max(0, columns.length - LOOK_BACK); row--) {
    const value = values[row] ?? Number.NaN;
    if (Number.isFinite(value) && (least === undefined || value < least.value)) {
      least = { value, step: columns.step[row] ?? 0 };
    }
  }
  return least && t('{0} at step {1}', number(least.value, 3), count(least.step));
}
