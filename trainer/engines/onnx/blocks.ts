/** How many channels the engine's blocked convolution takes together on this processor: found by trying, for nothing tells. */
import { encodeModel } from '../../../compiler/index.ts';
import type { Runtime } from './runtime.ts';

const channels = 16;

/** 16 or 8; 0 where there is no blocked convolution. */
export async function findBlock(runtime: Runtime): Promise<number> {
  const shape = [1, channels, 1, 2];
  const value = (name: string) => ({ name, dtype: 'float32' as const, shape });
  const model = encodeModel({
    name: 'blocks',
    operations: [
      { type: 'ReorderInput', domain: 'com.microsoft.nchwc', inputs: ['x'], outputs: ['y'], attributes: {} },
    ],
    initializers: [],
    inputs: [value('x')],
    outputs: [value('y')],
  });
  try {
    const session = await runtime.InferenceSession.create(model, { logSeverityLevel: 4 });
    const data = Float32Array.from({ length: 2 * channels }, (_, i) => i);
    const { y } = await session.run({ x: new runtime.Tensor('float32', data, shape) });
    await session.release();
    // Number 2c + w is channel c at place w. After the first block's channels at place 0 comes its first at place 1.
    const second = Array.from(y?.data instanceof Float32Array ? y.data : []).indexOf(1);
    return second === 8 || second === 16 ? second : 0;
  } catch {
    return 0;
  }
}
