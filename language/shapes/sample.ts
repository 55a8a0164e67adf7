/** What a bounded look into a data file shows of a column: facts that types carry to where they matter. */

/** Empty cells (or not-a-number) of a column of numbers. */
export interface MissingCells {
  readonly count: number;
  /** The first of them; rows count from 1. */
  readonly row: number;
  /** How many rows were looked at. */
  readonly sampled: number;
  /** All others are whole numbers: without the gaps the column is one of whole numbers. */
  readonly whole: boolean;
  /** They are numbers of an array that are not finite. */
  readonly infinite?: true;
}

/** A text among the numbers of a column, which makes all of it text. */
export interface OddCell {
  /** Counts from 1; 0 where it is not known. */
  readonly row: number;
  readonly value: string;
  /** All texts of the column are numbers with a decimal comma. */
  readonly comma?: true;
}

/** The distinct values of a column that names or numbers classes, as `Index` would number them. */
export interface Classes {
  readonly count: number;
  /** All rows were looked at; else there may be more. */
  readonly whole: boolean;
  readonly rows: number;
  readonly most: ClassCount;
  readonly least: ClassCount;
  /** Their names, where they are few. */
  readonly names?: readonly string[];
  /** The rows of each class stand together: what comes last in the file is another class than what comes first. */
  readonly sorted: boolean;
}

export interface ClassCount {
  readonly name: string;
  readonly rows: number;
}

/** What a few of the files of a folder are. */
export interface FilesSample {
  readonly looked: number;
  /** Distinct height × width × channels, the most frequent first. */
  readonly images: readonly (readonly [number, number, number])[];
  /** Distinct samples a second and lengths in samples. */
  readonly rates: readonly number[];
  readonly lengths: readonly number[];
  /** One that is neither a picture nor a sound that can be read. */
  readonly other: string | undefined;
}
