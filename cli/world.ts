/** What a command may touch, as a parameter: where results and words go, and what kind of terminal is there. */

export const exitCodes = {
  done: 0,
  /** The file has errors, an expectation failed, or `format --check` found work. */
  found: 1,
  usage: 2,
  failed: 3,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface World {
  /** Results: one line each. */
  readonly print: (line: string) => void;
  /** Everything else. */
  readonly say: (line: string) => void;
  /** Draws over the line that was drawn before; undefined where there is no terminal. */
  readonly draw: ((line: string) => void) | undefined;
  readonly colour: boolean;
  readonly columns: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** The folder of the bundles (`dist`). */
  readonly dist: string;
  /** Calls back at each Ctrl-C; answers how to stop listening. */
  readonly onInterrupt: (heard: () => void) => () => void;
}

const styles = { red: 31, yellow: 33, green: 32, blue: 34, dim: 2, bold: 1 } as const;

/** Text in a colour, where colours are wanted. */
export function paint(world: World, style: keyof typeof styles, text: string): string {
  return world.colour ? `\u001b[${styles[style]}m${text}\u001b[0m` : text;
}

const LONGEST = 2000;

/** Words that quote a program or a file, as a terminal may show them: no control characters, and no endless line. */
export function plain(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return short.replace(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, escaped);
}

/** A colour of ours, or a character that a terminal does not draw. */
const UNSEEN = new RegExp(
  `${String.fromCharCode(27)}\\[\\d*m|(?![\\n\\t])[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]`,
  'gu',
);

/** Whatever is written to a terminal: names from files of others steer it nowhere. Tabs stay, and colours where there are any. */
export function harmless(text: string, colour: boolean): string {
  return text.replace(UNSEEN, (found) =>
    found.length > 1 && colour ? found : escaped(found.charAt(0)) + found.slice(1),
  );
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** 1234567 → `1,234,567`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Rows of cells as aligned columns. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
