/** TensorFlow as an engine: whole training steps as one graph, by the npm package or by the C API of a libtensorflow. */
export { createTensorFlowEngine, type TensorFlowEngineOptions } from './engine.ts';
export {
  defaultPlaces,
  findTensorFlow,
  type Loader,
  libraryIn,
  type SearchPlaces,
  type TensorFlowSearch,
  tensorflowCure,
} from './find.ts';
export { openLoader } from './loader.ts';
export type { LoadedModel, Runtime } from './saved-model.ts';
