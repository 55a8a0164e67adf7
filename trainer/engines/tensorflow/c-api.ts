/**
 * TensorFlow's C API through koffi: the functions used, with their types. Pointers are BigInts; arrays that C reads or
 * writes during a call are typed arrays.
 */
import { Failure } from '../../failure.ts';

export type Pointer = bigint;
type Memory = NodeJS.TypedArray | Pointer | null;

export interface CApi {
  readonly version: string;
  newStatus(): Pointer;
  deleteStatus(status: Pointer): void;
  code(status: Pointer): number;
  message(status: Pointer): string;
  newSessionOptions(): Pointer;
  setConfig(options: Pointer, proto: Uint8Array, status: Pointer): void;
  deleteSessionOptions(options: Pointer): void;
  newGraph(): Pointer;
  deleteGraph(graph: Pointer): void;
  loadSavedModel(options: Pointer, folder: string, tag: string, graph: Pointer, status: Pointer): Pointer;
  newSession(graph: Pointer, options: Pointer, status: Pointer): Pointer;
  closeSession(session: Pointer, status: Pointer): void;
  deleteSession(session: Pointer, status: Pointer): void;
  operation(graph: Pointer, name: string): Pointer | null;
  /** `inputs` and `outputs` are lists of `TF_Output`: two words each. Other JavaScript runs meanwhile. */
  run(
    session: Pointer,
    inputs: BigUint64Array,
    values: BigUint64Array,
    outputs: BigUint64Array,
    results: BigUint64Array,
    status: Pointer,
  ): Promise<void>;
  /** A tensor with these bytes copied in. */
  newTensor(dtype: number, shape: readonly number[], data: NodeJS.TypedArray): Pointer;
  /** Copies as many bytes as `into` holds. */
  read(tensor: Pointer, into: NodeJS.TypedArray): void;
  byteSize(tensor: Pointer): number;
  deleteTensor(tensor: Pointer): void;
  devices(session: Pointer, status: Pointer): readonly string[];
}

export interface LibraryFiles {
  /** Holds the C API. */
  readonly main: string;
  /** Loaded before it, where it is a file of its own. */
  readonly framework: string | undefined;
}

type Native = (...args: readonly (Memory | string | number)[]) => unknown;
interface NativeFunction extends Native {
  async(...args: readonly unknown[]): void;
}
interface NativeLibrary {
  func(name: string, result: string, parameters: readonly string[]): NativeFunction;
}
interface Koffi {
  load(path: string | null): NativeLibrary;
  decode: { string(pointer: Pointer): string };
}

export async function loadKoffi(): Promise<Koffi> {
  const module: { readonly default?: Koffi } & Koffi = await import('koffi');
  return module.default ?? module;
}

/**
 * Loads the libraries for the whole process and for good: their symbols serve an addon that is linked without them, and
 * TensorFlow crashes when it is unloaded, as koffi does with its libraries when the process ends.
 */
export function pin(koffi: Koffi, files: LibraryFiles): void {
  if (process.platform === 'win32') return;
  const now = 2;
  const global = process.platform === 'darwin' ? 8 : 0x100;
  const self = koffi.load(null);
  const open = self.func('dlopen', 'void *', ['str', 'int']);
  const error = self.func('dlerror', 'str', []);
  for (const file of [files.framework, files.main]) {
    if (file === undefined || open(file, now | global)) continue;
    throw new Failure('train/engine', `TensorFlow's library ${file} could not be loaded: ${String(error())}`);
  }
}

export async function openCApi(files: LibraryFiles): Promise<CApi> {
  const koffi = await loadKoffi();
  pin(koffi, files);
  const library = koffi.load(files.main);
  const c = koffi.load(process.platform === 'win32' ? 'msvcrt.dll' : null);
  const bind = (name: string, result: string, ...parameters: readonly string[]): NativeFunction =>
    library.func(name, result, parameters);
  const f = {
    version: bind('TF_Version', 'str'),
    newStatus: bind('TF_NewStatus', 'void *'),
    deleteStatus: bind('TF_DeleteStatus', 'void', 'void *'),
    code: bind('TF_GetCode', 'int', 'void *'),
    message: bind('TF_Message', 'str', 'void *'),
    newOptions: bind('TF_NewSessionOptions', 'void *'),
    setConfig: bind('TF_SetConfig', 'void', 'void *', 'void *', 'size_t', 'void *'),
    deleteOptions: bind('TF_DeleteSessionOptions', 'void', 'void *'),
    newGraph: bind('TF_NewGraph', 'void *'),
    deleteGraph: bind('TF_DeleteGraph', 'void', 'void *'),
    load: bind(
      'TF_LoadSessionFromSavedModel',
      'void *',
      ...['void *', 'void *', 'str', 'void *', 'int', 'void *', 'void *', 'void *'],
    ),
    newSession: bind('TF_NewSession', 'void *', 'void *', 'void *', 'void *'),
    close: bind('TF_CloseSession', 'void', 'void *', 'void *'),
    deleteSession: bind('TF_DeleteSession', 'void', 'void *', 'void *'),
    operation: bind('TF_GraphOperationByName', 'void *', 'void *', 'str'),
    run: bind(
      'TF_SessionRun',
      'void',
      ...[
        'void *',
        'void *',
        'void *',
        'void *',
        'int',
        'void *',
        'void *',
        'int',
        'void *',
        'int',
        'void *',
        'void *',
      ],
    ),
    allocate: bind('TF_AllocateTensor', 'void *', 'int', 'void *', 'int', 'size_t'),
    data: bind('TF_TensorData', 'void *', 'void *'),
    byteSize: bind('TF_TensorByteSize', 'size_t', 'void *'),
    deleteTensor: bind('TF_DeleteTensor', 'void', 'void *'),
    devices: bind('TF_SessionListDevices', 'void *', 'void *', 'void *'),
    deviceCount: bind('TF_DeviceListCount', 'int', 'void *'),
    deviceType: bind('TF_DeviceListType', 'str', 'void *', 'int', 'void *'),
    deleteDevices: bind('TF_DeleteDeviceList', 'void', 'void *'),
    copy: c.func('memcpy', 'void *', ['void *', 'void *', 'size_t']),
  };
  return {
    version: String(f.version()),
    newStatus: () => pointer(f.newStatus()),
    deleteStatus: (status) => void f.deleteStatus(status),
    code: (status) => Number(f.code(status)),
    message: (status) => String(f.message(status)),
    newSessionOptions: () => pointer(f.newOptions()),
    setConfig: (options, proto, status) => void f.setConfig(options, proto, proto.length, status),
    deleteSessionOptions: (options) => void f.deleteOptions(options),
    newGraph: () => pointer(f.newGraph()),
    deleteGraph: (graph) => void f.deleteGraph(graph),
    loadSavedModel(options, folder, tag, graph, status) {
      const tags = Buffer.from(`${tag}\0`, 'utf8');
      const address = pointer(f.copy(tags, tags, 0));
      return pointer(f.load(options, null, folder, BigUint64Array.of(address), 1, graph, null, status));
    },
    newSession: (graph, options, status) => pointer(f.newSession(graph, options, status)),
    closeSession: (session, status) => void f.close(session, status),
    deleteSession: (session, status) => void f.deleteSession(session, status),
    operation: (graph, name) => optionalPointer(f.operation(graph, name)),
    run: (session, inputs, values, outputs, results, status) =>
      new Promise((resolve, reject) => {
        const done = (error: unknown): void => (error ? reject(error) : resolve());
        const counts = [values.length, results.length] as const;
        f.run.async(session, null, inputs, values, counts[0], outputs, results, counts[1], null, 0, null, status, done);
      }),
    newTensor(dtype, shape, data) {
      const sizes = BigInt64Array.from(shape, BigInt);
      const tensor = pointer(f.allocate(dtype, sizes, sizes.length, data.byteLength));
      if (data.byteLength > 0) f.copy(pointer(f.data(tensor)), data, data.byteLength);
      return tensor;
    },
    read(tensor, into) {
      if (into.byteLength > 0) f.copy(into, pointer(f.data(tensor)), into.byteLength);
    },
    byteSize: (tensor) => Number(f.byteSize(tensor)),
    deleteTensor: (tensor) => void f.deleteTensor(tensor),
    devices(session, status) {
      const list = pointer(f.devices(session, status));
      const types = Array.from({ length: Number(f.deviceCount(list)) }, (_, i) =>
        String(f.deviceType(list, i, status)),
      );
      f.deleteDevices(list);
      return types;
    },
  };
}

function pointer(value: unknown): Pointer {
  const found = optionalPointer(value);
  if (found === null) throw new Failure('train/engine', 'TensorFlow gave no object back where its C API promises one.');
  return found;
}

function optionalPointer(value: unknown): Pointer | null {
  return typeof value === 'bigint' && value !== 0n ? value : null;
}
