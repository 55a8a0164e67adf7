/** Loads ONNX Runtime when it is first needed: the bundle's own copy, or the installed package in a checkout. */

export type Runtime = typeof import('onnxruntime-node');

export async function loadRuntime(): Promise<Runtime> {
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
