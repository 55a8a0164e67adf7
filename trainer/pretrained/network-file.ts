/** The file of a network, open for its weights. */

export interface NetworkFile {
  /** The numbers of a variable, row-major; undefined where the file has none. */
  read(wanted: Wanted): Float32Array | undefined;
  close(): void;
}

/** A variable by the names that files have for it. */
export interface Wanted {
  readonly layer: string;
  readonly variable: string;
  readonly group: string;
  readonly index: number;
}
