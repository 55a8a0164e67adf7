/** The second loader: any libtensorflow by its C API. The event loop is free while a signature runs. */
import { protobuf, type Signature, type SignatureTensor, savedModelTag, typeCodes } from '../../../compiler/index.ts';
import type { HostTensor } from '../../engine.ts';
import { Failure } from '../../failure.ts';
import { type CApi, type LibraryFiles, openCApi, type Pointer } from './c-api.ts';
import {
  bytesOf,
  emptyData,
  type Half,
  type LoadedModel,
  type Runtime,
  type Tensors,
  type Threads,
} from './saved-model.ts';

export async function openLibrary(files: LibraryFiles, { threads }: Threads): Promise<Runtime> {
  const api = await openCApi(files);
  return {
    version: api.version,
    devices: listDevices(api, configOf(threads)),
    load: async (folder, signatures, half) => load(api, configOf(threads, half), folder, signatures),
  };
}

const on = 1;
/** Places of the switches in `RewriterConfig`. */
const rewrites: Readonly<Record<Half, number>> = { float16: 23, bfloat16: 31 };

/** A `ConfigProto`: threads, no more memory of a GPU than is needed, other devices where one lacks a kernel, precision. */
function configOf(threads: number, half?: Half): Uint8Array {
  const { encode, message, varint } = protobuf;
  const precision = half === undefined ? [] : [message(10, [message(10, [varint(rewrites[half], on)])])];
  return encode([varint(2, threads), varint(5, threads), message(6, [varint(4, 1)]), varint(7, 1), ...precision]);
}

/** A call with a status of its own; throws what TensorFlow says. */
function checked<T>(api: CApi, doing: string, call: (status: Pointer) => T): T {
  const status = api.newStatus();
  try {
    const result = call(status);
    refuse(api, doing, status);
    return result;
  } finally {
    api.deleteStatus(status);
  }
}

function refuse(api: CApi, doing: string, status: Pointer): void {
  if (api.code(status) !== 0) {
    throw new Failure('train/engine', `TensorFlow ${api.version} failed ${doing}: ${api.message(status)}`);
  }
}

interface Plan {
  readonly inputs: readonly SignatureTensor[];
  readonly outputs: readonly SignatureTensor[];
  /** `TF_Output` lists, made once. */
  readonly feeds: BigUint64Array;
  readonly fetches: BigUint64Array;
}

function load(api: CApi, config: Uint8Array, folder: string, signatures: readonly Signature[]): LoadedModel {
  const graph = api.newGraph();
  const options = api.newSessionOptions();
  checked(api, 'to take its options', (status) => api.setConfig(options, config, status));
  const session = checked(api, 'to load the training graph', (status) => {
    return api.loadSavedModel(options, folder, savedModelTag, graph, status);
  });
  api.deleteSessionOptions(options);
  const plans = new Map(signatures.map((signature) => [signature.name, planOf(api, graph, signature)]));
  return {
    async run(name, inputs) {
      const plan = plans.get(name);
      if (!plan) throw new Error(`The training graph has no signature '${name}'.`);
      return runPlan(api, session, plan, inputs);
    },
    dispose() {
      checked(api, 'to close the session', (status) => api.closeSession(session, status));
      checked(api, 'to delete the session', (status) => api.deleteSession(session, status));
      api.deleteGraph(graph);
    },
  };
}

function planOf(api: CApi, graph: Pointer, { inputs, outputs }: Signature): Plan {
  const words = ({ tensor }: SignatureTensor): readonly bigint[] => {
    const [name = '', index = '0'] = tensor.split(':');
    const operation = api.operation(graph, name);
    if (operation === null) throw new Error(`The training graph has no operation '${name}'.`);
    return [operation, BigInt(index)];
  };
  return {
    inputs,
    outputs,
    feeds: BigUint64Array.from(inputs.flatMap(words)),
    fetches: BigUint64Array.from(outputs.flatMap(words)),
  };
}

async function runPlan(api: CApi, session: Pointer, plan: Plan, inputs: Tensors): Promise<Tensors> {
  const values = new BigUint64Array(plan.inputs.length);
  const results = new BigUint64Array(plan.outputs.length);
  const status = api.newStatus();
  try {
    for (const [i, input] of plan.inputs.entries()) values[i] = toNative(api, input, inputs[input.key]);
    await api.run(session, plan.feeds, values, plan.fetches, results, status);
    refuse(api, 'in a step', status);
    return Object.fromEntries(plan.outputs.map((output, i) => [output.key, toHost(api, output, results[i] ?? 0n)]));
  } finally {
    for (const tensor of [...values, ...results]) if (tensor !== 0n) api.deleteTensor(tensor);
    api.deleteStatus(status);
  }
}

function toNative(api: CApi, { key, dtype, shape }: SignatureTensor, value: HostTensor | undefined): Pointer {
  if (!value) throw new Error(`The input '${key}' is missing.`);
  if (value.dtype !== dtype) throw new Error(`The input '${key}' is ${value.dtype} and should be ${dtype}.`);
  return api.newTensor(typeCodes[dtype], shape, value.data);
}

function toHost(api: CApi, { dtype, shape }: SignatureTensor, tensor: Pointer): HostTensor {
  if (dtype === 'int64' || dtype === 'resource') throw new Error(`No array of the host holds ${dtype}.`);
  const data = emptyData(dtype, api.byteSize(tensor) / bytesOf(dtype));
  api.read(tensor, data);
  return { dtype, shape, data };
}

/** Asks a session on an empty graph. */
function listDevices(api: CApi, config: Uint8Array): readonly string[] {
  const graph = api.newGraph();
  const options = api.newSessionOptions();
  checked(api, 'to take its options', (status) => api.setConfig(options, config, status));
  const session = checked(api, 'to open a session', (status) => api.newSession(graph, options, status));
  const devices = checked(api, 'to list devices', (status) => api.devices(session, status));
  checked(api, 'to close the session', (status) => api.closeSession(session, status));
  checked(api, 'to delete the session', (status) => api.deleteSession(session, status));
  api.deleteSessionOptions(options);
  api.deleteGraph(graph);
  return devices;
}
