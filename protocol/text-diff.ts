/**
 * What changed between two texts, by lines: the shortest script of deletions and insertions (Myers 1986), with a few lines
 * around. Bounded: of texts that have too little in common it says only that. Pure.
 */

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added' | 'gap';
  readonly text: string;
}

export interface TextDiff {
  /** Without changes: empty. A `gap` stands for lines that are left out. */
  readonly lines: readonly DiffLine[];
  readonly removed: number;
  readonly added: number;
  /** The texts differ too much for a list of changes. */
  readonly tooMuch: boolean;
}

/** Changed lines up to which they are listed. */
const MOST_CHANGES = 400;

/** The changes from one text to the other, with so many lines around. */
export function diffTexts(from: string, to: string, around = 3): TextDiff {
  const a = from.split(/\r?\n/);
  const b = to.split(/\r?\n/);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const steps = editScript(a.slice(start, a.length - end), b.slice(start, b.length - end));
  if (steps === undefined) return { lines: [], removed: a.length, added: b.length, tooMuch: true };
  const same = (text: string): DiffLine => ({ kind: 'same', text });
  const all = [...a.slice(0, start).map(same), ...steps, ...a.slice(a.length - end).map(same)];
  return {
    lines: steps.length === 0 ? [] : withGaps(all, around),
    removed: steps.filter((line) => line.kind === 'removed').length,
    added: steps.filter((line) => line.kind === 'added').length,
    tooMuch: false,
  };
}

/** The lines in between, as they are kept, removed and added; undefined where too many are. */
function editScript(a: readonly string[], b: readonly string[]): DiffLine[] | undefined {
  const trace: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  for (let changes = 0; changes <= Math.min(MOST_CHANGES, a.length + b.length); changes++) {
    trace.push(furthest);
    const next = new Map(furthest);
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const down = isDown(furthest, diagonal, changes);
      let x = down ? (furthest.get(diagonal + 1) ?? 0) : (furthest.get(diagonal - 1) ?? 0) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      next.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return walkBack(a, b, trace);
    }
    furthest = next;
  }
  return undefined;
}

function isDown(furthest: ReadonlyMap<number, number>, diagonal: number, changes: number): boolean {
  if (diagonal === -changes) return true;
  return diagonal !== changes && (furthest.get(diagonal - 1) ?? 0) < (furthest.get(diagonal + 1) ?? 0);
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): DiffLine[] {
  const back: DiffLine[] = [];
  let x = a.length;
  let y = b.length;
  for (let changes = trace.length - 1; changes >= 0; changes--) {
    const furthest = trace[changes] ?? new Map<number, number>();
    const diagonal = x - y;
    const down = isDown(furthest, diagonal, changes);
    const before = down ? diagonal + 1 : diagonal - 1;
    const fromX = furthest.get(before) ?? 0;
    const fromY = fromX - before;
    while (x > fromX && y > fromY) {
      x -= 1;
      y -= 1;
      back.push({ kind: 'same', text: a[x] ?? '' });
    }
    if (changes === 0) break;
    if (down) back.push({ kind: 'added', text: b[y - 1] ?? '' });
    else back.push({ kind: 'removed', text: a[x - 1] ?? '' });
    x = fromX;
    y = fromY;
  }
  return removedFirst(back.reverse());
}

/** Within one change the old lines stand before the new ones, as people are used to. */
function removedFirst(lines: readonly DiffLine[]): DiffLine[] {
  const out: DiffLine[] = [];
  let added: DiffLine[] = [];
  for (const line of lines) {
    if (line.kind === 'added') added.push(line);
    else {
      if (line.kind === 'same') {
        out.push(...added);
        added = [];
      }
      out.push(line);
    }
  }
  return [...out, ...added];
}

function withGaps(lines: readonly DiffLine[], around: number): DiffLine[] {
  const near = lines.map(() => false);
  for (const [index, line] of lines.entries()) {
    if (line.kind === 'same') continue;
    for (let at = Math.max(0, index - around); at <= Math.min(lines.length - 1, index + around); at++) near[at] = true;
  }
  const out: DiffLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (near[index]) out.push(line);
    else if (out.at(-1)?.kind !== 'gap') out.push({ kind: 'gap', text: '' });
  }
  return out;
}
