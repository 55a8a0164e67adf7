/**
 * Optimizer updates by TensorFlow's own kernels: one pass over a weight and its state, where the update written out in
 * primitives makes ten. What has no kernel here is updated by the program itself.
 */
import type { Call } from '../../language/index.ts';
import type { Emitter } from './emitter.ts';

export interface UpdateKernel {
  /** Numbers that the kernel takes in each step, by input key. `step` counts from 1. */
  numbers(rate: number, step: number): Readonly<Record<string, number>>;
  /** Writes the update of one weight; gives back the operation that ends it. */
  write(emitter: Emitter, weight: UpdatedWeight): string;
}

export interface UpdatedWeight {
  /** Handles of variables. */
  readonly handle: string;
  readonly state: Readonly<Record<string, string>>;
  /** The weight as the step read it. The update comes after: a slope need not depend on its weight. */
  readonly value: string;
  readonly gradient: string;
  /** The numbers of `UpdateKernel.numbers`. */
  readonly numbers: Readonly<Record<string, string>>;
}

export function updateKernel({ call, settings }: Call): UpdateKernel | undefined {
  const number = (name: string): number => (typeof settings[name] === 'number' ? settings[name] : 0);
  switch (call) {
    case 'optimizer/SGD':
      if (!noExceptions(settings)) return undefined;
      return descent({
        momentum: number('momentum'),
        nesterov: settings.nesterov === true,
        decay: number('decay'),
      });
    case 'optimizer/Adam':
    case 'optimizer/AdamW': {
      if (settings.amsgrad === true || !noExceptions(settings)) return undefined;
      return adam({
        beta1: number('beta1'),
        beta2: number('beta2'),
        epsilon: number('epsilon'),
        decay: call === 'optimizer/AdamW' ? number('decay') : 0,
      });
    }
    default:
      return undefined;
  }
}

/** Layers that are left out of the decay need the update of each weight by itself. */
function noExceptions(settings: Call['settings']): boolean {
  const { exclude } = settings;
  return exclude === undefined || exclude === null || (Array.isArray(exclude) && exclude.length === 0);
}

const float = { type: 'float32' } as const;

/** PyTorch's formula is the kernels' own: the rate multiplies the running sum. */
function descent(options: {
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly decay: number;
}): UpdateKernel {
  const { momentum, nesterov, decay } = options;
  return {
    numbers: (rate) => ({ rate }),
    write(emitter, { handle, state, value, gradient, numbers }) {
      const constant = (data: number): string => emitter.constant({ dtype: 'float32', shape: [], data: [data] });
      const { rate = '' } = numbers;
      const pulled = (): string => {
        const pull = emitter.add('Mul', [value, constant(decay)], { T: float });
        return emitter.add('AddV2', [gradient, pull], { T: float });
      };
      const slope = decay === 0 ? gradient : pulled();
      if (momentum === 0)
        return emitter.add('ResourceApplyGradientDescent', [handle, rate, slope, `^${value}`], { T: float });
      const inputs = [handle, state.velocity ?? '', rate, slope, constant(momentum), `^${value}`];
      return emitter.add('ResourceApplyMomentum', inputs, { T: float, use_nesterov: { flag: nesterov } });
    },
  };
}

/**
 * The kernel computes w −= rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε). Ours has √(v / (1 − β₂ᵗ)) + ε below the line, which
 * is the same with ε · √(1 − β₂ᵗ). Both factors are computed outside in float64 (in float32, 1 − 0.999 has only four digits
 * left), and the kernel is given powers of zero.
 */
function adam(options: {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly decay: number;
}): UpdateKernel {
  const { beta1, beta2, epsilon, decay } = options;
  return {
    numbers(rate, step) {
      const root = Math.sqrt(1 - beta2 ** step);
      const corrected = { rate: (rate * root) / (1 - beta1 ** step), epsilon: epsilon * root };
      return decay === 0 ? corrected : { ...corrected, decay: rate * decay };
    },
    write(emitter, { handle, state, value, gradient, numbers }) {
      const constant = (data: number): string => emitter.constant({ dtype: 'float32', shape: [], data: [data] });
      const { rate = '', epsilon: small = '', decay: shrink } = numbers;
      const inputs = [handle, state.mean ?? '', state.square ?? '', constant(0), constant(0), rate];
      const after = [`^${value}`];
      if (shrink !== undefined) {
        const less = emitter.add('Mul', [value, shrink], { T: float });
        after.push(`^${emitter.add('AssignSubVariableOp', [handle, less], { dtype: float })}`);
      }
      const betas = [constant(beta1), constant(beta2), small];
      return emitter.add('ResourceApplyAdam', [...inputs, ...betas, gradient, ...after], { T: float });
    },
  };
}
