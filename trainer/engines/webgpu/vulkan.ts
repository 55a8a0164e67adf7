/**
 * The GPUs that Vulkan's loader knows, by its C API: names, kinds, memory. WebGPU tells a program none of it before it takes
 * one, and it would take a processor that plays a GPU without a word.
 */
import { loadKoffi } from '../tensorflow/c-api.ts';
import type { Gpu } from './devices.ts';

/** Undefined where Vulkan is not installed. */
export async function vulkanDevices(): Promise<readonly Gpu[] | undefined> {
  const koffi = await loadKoffi();
  let library: ReturnType<typeof koffi.load>;
  try {
    library = koffi.load(process.platform === 'win32' ? 'vulkan-1.dll' : 'libvulkan.so.1');
  } catch {
    return undefined;
  }
  const createInstance = library.func('vkCreateInstance', 'int', ['void *', 'void *', 'void *']);
  const enumerate = library.func('vkEnumeratePhysicalDevices', 'int', ['uint64', 'void *', 'void *']);
  const properties = library.func('vkGetPhysicalDeviceProperties', 'void', ['uint64', 'void *']);
  const memory = library.func('vkGetPhysicalDeviceMemoryProperties', 'void', ['uint64', 'void *']);
  const destroy = library.func('vkDestroyInstance', 'void', ['uint64', 'void *']);
  const handle = Buffer.alloc(8);
  if (createInstance(instanceInfo(), null, handle) !== 0) return [];
  const instance = handle.readBigUInt64LE();
  const count = Buffer.alloc(4);
  enumerate(instance, count, null);
  const handles = Buffer.alloc(8 * count.readUInt32LE());
  if (handles.length > 0) enumerate(instance, count, handles);
  const found = Array.from({ length: count.readUInt32LE() }, (_, i): Gpu => {
    const device = handles.readBigUInt64LE(8 * i);
    const about = Buffer.alloc(roomForProperties);
    const heaps = Buffer.alloc(roomForMemory);
    properties(device, about);
    memory(device, heaps);
    return readDevice(about, heaps);
  });
  destroy(instance, null);
  return found;
}

/** More than VkPhysicalDeviceProperties and VkPhysicalDeviceMemoryProperties take. */
const roomForProperties = 2048;
const roomForMemory = 1024;

/** VkInstanceCreateInfo without layers and extensions. */
function instanceInfo(): Buffer {
  const info = Buffer.alloc(64);
  info.writeUInt32LE(1, 0);
  return info;
}

/** VkPhysicalDeviceType. */
const kinds: readonly Gpu['kind'][] = ['unknown', 'integrated', 'discrete', 'virtual', 'software'];

/** Offsets are those of the C structures. */
export function readDevice(about: Buffer, heaps: Buffer): Gpu {
  const text = about.subarray(20, 276);
  const end = text.indexOf(0);
  const name = text.toString('utf8', 0, end < 0 ? text.length : end);
  const kind = kinds[about.readUInt32LE(16)] ?? 'unknown';
  const count = Math.min(16, heaps.readUInt32LE(260));
  const local = Array.from({ length: count }, (_, i) => 264 + 16 * i).filter(
    (at) => (heaps.readUInt32LE(at + 8) & 1) === 1,
  );
  const sizes = local.map((at) => Number(heaps.readBigUInt64LE(at)));
  return { name, kind, memory: sizes.length > 0 ? Math.max(...sizes) : undefined };
}
