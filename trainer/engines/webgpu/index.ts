/** The façade of the WebGPU engine. */
export { type Gpu, gpusOf } from './devices.ts';
export { createWebgpuEngine } from './engine.ts';
