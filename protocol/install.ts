/** What is said about installing TensorFlow, and what `doctor` finds step by step. */

/** One step of an engine's examination. */
export interface DoctorStep {
  /** "NVIDIA driver". */
  readonly what: string;
  readonly ok: boolean;
  /** What was found, or what is missing. */
  readonly found: string;
  /** What to do about it; '' where nothing is to be done. */
  readonly cure: string;
}

/** A line while TensorFlow is installed. `total` is 0 where it is not known. */
export interface InstallProgress {
  readonly progress: string;
  readonly done: number;
  readonly total: number;
}

/** The last line of an installation. */
export interface InstallReport {
  /** Where the libraries lie. */
  readonly folder: string;
  /** Of TensorFlow; '' where it was not told. */
  readonly version: string;
  /** False where one that was there is used. */
  readonly fetched: boolean;
  readonly bytes: number;
  /** What was done and what was proven, for a person to read and to copy. */
  readonly lines: readonly string[];
}
