/** The last steps before a run's numbers left the finite ones, as the file `ring.json` of its folder keeps them. */
import { join } from 'node:path';
import { type EventNumber, eventNumber } from '../../protocol/index.ts';
import { type Disk, isDiskFull } from '../run/disk.ts';
import type { SeenLayers, SeenStep } from './history.ts';

const RING_FILE = 'ring.json';

/** Steps that are kept. */
const STEPS = 100;

export interface Ring {
  readonly version: 1;
  readonly steps: readonly RingStep[];
}

export interface RingStep {
  readonly step: number;
  readonly epoch: number;
  readonly loss: EventNumber;
  readonly lr: EventNumber;
  readonly gradientNorm?: EventNumber;
  /** Norms of gradients by path of the weight, in the steps in which they were read. */
  readonly gradients?: Readonly<Record<string, EventNumber>>;
}

export function ringText(steps: readonly SeenStep[], norms: readonly SeenLayers[]): string {
  const read = new Map(norms.map((look) => [look.step, look.norms]));
  const ring: Ring = {
    version: 1,
    steps: steps.slice(-STEPS).map(({ step, epoch, loss, rate, gradientNorm }) => {
      const gradients = read.get(step);
      return {
        step,
        epoch,
        loss: eventNumber(loss),
        lr: eventNumber(rate),
        ...(gradientNorm === undefined ? {} : { gradientNorm: eventNumber(gradientNorm) }),
        ...(gradients === undefined
          ? {}
          : {
              gradients: Object.fromEntries(
                [...gradients].map(([path, { gradient }]) => [path, eventNumber(gradient)]),
              ),
            }),
      };
    }),
  };
  return `${JSON.stringify(ring)}\n`;
}

/** A full disk is no reason to say less of what went wrong. */
export function writeRing(disk: Disk, folder: string, text: string): void {
  try {
    disk.replace(join(folder, RING_FILE), text);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}
