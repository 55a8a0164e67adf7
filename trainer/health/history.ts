/** What the rules of a run's health read: the latest steps, looks at layers and checks, and what the plan says. Plain data. */
import type { PlanPlace } from '../../language/index.ts';
import type { Words } from '../../protocol/index.ts';
import type { LayerNumbers, WeightNorms } from '../engine.ts';
import type { About } from './about.ts';

export interface SeenStep {
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  readonly rate: number;
  readonly gradientNorm: number | undefined;
  /** Milliseconds. */
  readonly data: number;
  readonly compute: number;
}

export interface SeenLayers {
  readonly step: number;
  readonly epoch: number;
  /** By path of the trained weights. */
  readonly norms: ReadonlyMap<string, WeightNorms>;
  /** By path of the layers; empty where only norms were read. */
  readonly results: ReadonlyMap<string, LayerNumbers>;
}

/** A validation, or the end of an epoch without one. */
export interface SeenCheck {
  readonly step: number;
  readonly epoch: number;
  /** The training loss of the epoch so far. */
  readonly loss: number | undefined;
  /** The validation loss. */
  readonly validation: number | undefined;
}

export interface History {
  readonly about: About;
  /** The latest, oldest first. */
  readonly steps: readonly SeenStep[];
  /** Looks at norms; the latest, oldest first. */
  readonly norms: readonly SeenLayers[];
  /** Looks at results of layers; the latest, oldest first. */
  readonly results: readonly SeenLayers[];
  readonly checks: readonly SeenCheck[];
  readonly loss: SmoothLoss;
}

/** The training loss, averaged over about twenty steps. */
export interface SmoothLoss {
  /** Of the first twenty steps; undefined before there are as many. */
  readonly first: number | undefined;
  readonly now: number;
  readonly least: number;
  /** Steps that were seen. */
  readonly count: number;
}

export interface Finding {
  readonly code: string;
  readonly severity: 'warning' | 'information';
  /** English, and the words that it is made of: from `told`. */
  readonly message: string;
  readonly words: readonly Words[];
  /** Of one code and place there is one finding. */
  readonly place: PlanPlace | undefined;
}

/** Each rule is a question to the history. It answers the findings that hold now. */
export type Rule = (history: History) => readonly Finding[];

/** Looks that one finding about layers must hold for, and steps that must lie between the first and the last of them. */
export const LOOKS = 5;
export const LOOKED_STEPS = 100;

/** The latest looks, if there are enough of them over enough steps. */
export function sustained(looks: readonly SeenLayers[]): readonly SeenLayers[] | undefined {
  const last = looks.at(-1);
  if (last === undefined) return undefined;
  let count = 0;
  for (let i = looks.length - 1; i >= 0; i--) {
    count++;
    const first = looks[i];
    if (first && count >= LOOKS && last.step - first.step >= LOOKED_STEPS) return looks.slice(i);
  }
  return undefined;
}

/** Three digits that count. */
export function shown(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value);
}

export function medianOf(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
