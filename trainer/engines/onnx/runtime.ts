/** Loads ONNX Runtime when it is first needed: the bundle's own copy, or the installed package in a checkout. */

export type Runtime = typeof import('onnxruntime-node');

/**
 * Its telemetry is switched off: left alone, it writes an identifier of the device into the user's cache folder and sends what it is
 * asked to run to its maker. It reads the variable once, when it is loaded. A worker has an environment of its own, which the library
 * does not read: the main thread loads it first. (On Windows it hands events to the system's own tracing, if that is switched on.)
 */
export async function loadRuntime(): Promise<Runtime> {
  process.env.ORT_DISABLE_TELEMETRY = '1';
  try {
    const loaded: Runtime & { readonly default?: Runtime } = await import('onnxruntime-node');
    // A package in the old module form comes whole as the default where it was not bundled.
    return loaded.default ?? loaded;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new Error(
      `ONNX Runtime could not be loaded on ${process.platform} ${process.arch}: ${reason}. ` +
        'Install the extension built for this platform, or run `npm ci` in a checkout.',
    );
  }
}
