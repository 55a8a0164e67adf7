/** A saved network as steps of the catalogue: what `Pretrained` is written out as. Plain data, kept with the file's header. */
import type { Settings } from '../plan/plan.ts';

export interface NetworkGraph {
  readonly steps: readonly NetworkStep[];
  /** The step that a layer of the file ends with, by the layer's name. */
  readonly ends: Readonly<Record<string, number>>;
}

export interface NetworkStep {
  /** The layer's name in the file: a segment of the paths of its weights. */
  readonly layer: string;
  /** Key of the catalogue, `input` or `constant`; '' for a layer that is not known here. */
  readonly op: string;
  /** What such a layer is called in the file. */
  readonly unread?: string;
  /** Earlier steps in the order of the entry's inputs; `NETWORK_INPUT` is what flows in. */
  readonly inputs: readonly number[];
  /** The entry's inputs that these are, where they do not just follow its order; of a list, each has its name. */
  readonly names?: readonly string[];
  /** Which result of each, where steps have several. */
  readonly results?: readonly number[];
  /** Its weights never move. */
  readonly frozen?: true;
  /** Of a constant. */
  readonly type?: { readonly dtype: string; readonly shape: readonly number[] };
  /** Those that differ from the entry's defaults. */
  readonly settings: Settings;
  /** Where the file has each weight, by the entry's own name. */
  readonly weights: Readonly<Record<string, NetworkWeight>>;
}

export interface NetworkWeight {
  /** Name of the layer. */
  readonly layer: string;
  /** Name of the variable, as older files have it: `kernel`, `moving_mean`; of a run of our own, the weight's path. */
  readonly variable: string;
  /** The group that newer files have it in (`conv2d_1`, `lstm/cell`), and its number there. */
  readonly group: string;
  readonly index: number;
}

export const NETWORK_INPUT = -1;

/** How a weight starts that comes from the file of a network; the settings are `file` and those of `NetworkWeight`. */
export const FROM_FILE = 'initialiser/fromFile';
