/**
 * Runs a graph whose results are written where they are wanted. The binding of ONNX Runtime writes them there too, but then copies
 * each into a buffer of its own, which costs as much as the update of the weights, and makes the collector of garbage run all the
 * time. It converts results in their order and stops at one that is no tensor: so graphs have a sequence as their first output.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { OnnxGraph } from '../../../compiler/index.ts';

type Tensors = Readonly<Record<string, Tensor | null>>;

/** What the binding says when the run is done and it comes to the sequence. */
const stopped = 'Non tensor type is temporarily not supported';

/** Where results go, with the sequence asked for first. */
export function fetchesInPlace({ sequence }: Pick<OnnxGraph, 'sequence'>, tensors: Tensors): Tensors {
  return sequence === undefined ? tensors : { [sequence]: null, ...tensors };
}

/** Runs a session on `fetchesInPlace`. */
export async function runInPlace(session: InferenceSession, feeds: Readonly<Record<string, Tensor>>, fetches: Tensors) {
  try {
    await session.run(feeds, fetches);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith(stopped))) throw error;
  }
}
