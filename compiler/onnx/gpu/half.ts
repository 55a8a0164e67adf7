/**
 * Products in 16 bits: what they multiply is narrowed just before and the result widened just behind, all else stays in 32.
 * Weights and optimizer state are never narrowed where they lie.
 */
import type { OnnxOperation } from '../model.ts';
import type { GpuWriter } from './rewrite.ts';

const products: ReadonlySet<string> = new Set(['MatMul', 'Gemm', 'Conv', 'ConvTranspose']);

/** ONNX's numbers of the types. */
const float = 1;
const half = 10;

export function isProduct({ type, domain }: OnnxOperation): boolean {
  return products.has(type) && domain === '';
}

/** `plain` writes an operation as it is. */
export function inHalf(w: GpuWriter, plain: (operation: OnnxOperation) => void): void {
  const { operation } = w;
  const [a = '', b = '', bias] = operation.inputs;
  const narrow = (name: string): string => w.op('Cast', [name], { to: half });
  const product = w.fresh();
  plain({ ...operation, inputs: [narrow(a), narrow(b)], outputs: [product] });
  const result = operation.outputs[0];
  if (bias === undefined || bias === '') {
    w.op('Cast', [product], { to: float }, result);
    return;
  }
  const wide = w.op('Cast', [product], { to: float });
  w.op('Add', [wide, biasOf(w, bias)], {}, result);
}

/** A convolution's bias stands for channels, which are its second axis. */
function biasOf(w: GpuWriter, bias: string): string {
  const { operation } = w;
  if (operation.type === 'Gemm') return bias;
  const [channels = 1] = w.shape(2);
  const places = w.shape(0).length - 2;
  return w.op('Reshape', [bias, w.ints([1, channels, ...new Array<number>(places).fill(1)])]);
}
