/** Runs a program in float64, node by node: slow, plain, and what every engine is held against. */
import { type NdArray, ndarray } from './ndarray.ts';
import type { Program } from './program.ts';
import { at, type Node } from './tensor.ts';

/** Values by tensor id after all nodes have run. */
export function interpretNodes(nodes: readonly Node[], values: Map<number, NdArray>): Map<number, NdArray> {
  for (const node of nodes) {
    const inputs = node.inputs.map((input) => {
      const value = values.get(input.id);
      if (!value) throw new Error(`Input ${input.id} of '${node.primitive.name}' has no value.`);
      return value;
    });
    const results = node.primitive.evaluate(inputs, node.attributes, node.outputs);
    node.outputs.forEach((output, i) => {
      values.set(output.id, ndarray(output.dtype, output.shape, at(results, i)));
    });
  }
  return values;
}

/** Outputs of a program in its order, from inputs by kind and name (`weight Digits/Dense.0/kernel`, `rate rate`). */
export function interpret(program: Program, inputs: Readonly<Record<string, ArrayLike<number>>>): readonly NdArray[] {
  const values = new Map<number, NdArray>();
  for (const { kind, name, tensor } of program.inputs) {
    const data = inputs[`${kind} ${name}`];
    if (!data) throw new Error(`The program needs '${kind} ${name}' of shape [${tensor.shape.join(', ')}].`);
    values.set(tensor.id, ndarray(tensor.dtype, tensor.shape, data));
  }
  interpretNodes(program.nodes, values);
  return program.outputs.map(({ tensor }) => {
    const value = values.get(tensor.id);
    if (!value) throw new Error(`Output ${tensor.id} was not computed.`);
    return value;
  });
}
