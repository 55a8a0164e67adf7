/** What we use of libjpeg-turbo's WebAssembly. */
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  export interface JpegDecoder {
    /** Room for a file of that length. */
    getEncodedBuffer(length: number): Uint8Array;
    /** Throws where the file is damaged. */
    decode(): void;
    getFrameInfo(): { readonly height: number; readonly width: number; readonly componentCount: number };
    /** A view that the next call may change. */
    getDecodedBuffer(): Uint8Array;
    delete(): void;
  }
  export interface JpegModule {
    readonly JPEGDecoder: new () => JpegDecoder;
  }
  // biome-ignore lint/style/noDefaultExport: the package has it so.
  export default function make(): Promise<JpegModule>;
}
