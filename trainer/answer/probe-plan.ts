/** Programs that an engine is tried with, made here because they are known before anything is read. */
import type { Plan } from '../../language/index.ts';

const place = { source: 0, start: 0, end: 0, line: 1, column: 1 };

type Nodes = Plan['graph']['nodes'];
type Ref = { readonly node: number; readonly output: number };
const vector = (size: number) => ({ dtype: 'float32' as const, shape: [size], perExample: true });

/**
 * A network of dense layers whose one number is pulled to 1 by plain gradient descent. With no layers between and weights of
 * zero its losses are known: (w·x − 1)².
 */
export function probePlan(features: number, hidden: readonly number[]): Plan {
  const nodes: Nodes[number][] = [
    {
      id: 0,
      op: 'input',
      inputs: {},
      settings: { name: 'x' },
      weights: {},
      outputs: [vector(features)],
      path: '',
      place,
    },
  ];
  const weights: Plan['graph']['weights'][number][] = [];
  const add = (op: string, inputs: Nodes[number]['inputs'], outputs: Nodes[number]['outputs'], more = {}): Ref => {
    nodes.push({ id: nodes.length, op, inputs, settings: {}, weights: {}, outputs, path: '', place, ...more });
    return { node: nodes.length - 1, output: 0 };
  };
  const init = { call: hidden.length === 0 ? 'initialiser/zeros' : 'initialiser/glorotUniform', settings: {} };
  let last: Ref = { node: 0, output: 0 };
  let width = features;
  for (const [index, units] of [...hidden, 1].entries()) {
    const path = `Probe/Dense.${index}`;
    const activation = index === hidden.length ? null : { call: 'model/tanh', settings: {} };
    const settings = { units, activation, bias: false, init };
    last = add('model/Dense', { x: last }, [vector(units)], { settings, weights: { kernel: index }, path });
    weights.push({ path: `${path}/kernel`, shape: [width, units], init, trainable: true });
    width = units;
  }
  const scalar = { dtype: 'float32' as const, shape: [], perExample: false };
  const one = add('constant', {}, [scalar], { settings: { value: 1 } });
  const difference = add('operator/-', { a: last, b: one }, [vector(1)]);
  const square = add('model/square', { x: difference }, [vector(1)]);
  const each = { ...scalar, perExample: true };
  const loss = add('model/sum', { x: square }, [each], { settings: { axis: null, keep: false } });
  return planOf(nodes, weights, last, loss);
}

function planOf(nodes: Nodes, weights: Plan['graph']['weights'], output: Ref, loss: Ref): Plan {
  return {
    version: 1,
    action: 'train',
    file: 'probe.model',
    declaration: 'probe',
    title: 'probe',
    model: { name: 'Probe', args: {} },
    sources: [{ path: 'probe.model', text: '' }],
    graph: {
      nodes,
      weights,
      inputs: [{ name: 'x', node: 0 }],
      outputs: [{ name: 'output', ref: output, trainingOnly: false }],
    },
    data: {
      name: 'None',
      title: 'None',
      args: {},
      source: { call: 'data/none', settings: {}, place },
      nodes: [],
      fields: [],
      validation: 0,
      test: 0,
      shuffle: false,
      seed: 0,
      place,
    },
    loss,
    metrics: [],
    train: {
      optimizer: { call: 'optimizer/SGD', settings: { lr: 0.1, momentum: 0, nesterov: false, decay: 0 } },
      epochs: 1,
      steps: undefined,
      batch: 4,
      clip: undefined,
      stop: undefined,
      save: [],
      validateEvery: undefined,
      seed: 0,
      places: {},
    },
    expect: [],
    run: undefined,
    place,
  };
}
