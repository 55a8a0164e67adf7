/** What a finding of a run proposes, as edits of the program: a limit of the gradients, another learning rate. Pure. */

/** A text put in the place of another, by offsets in the program. */
export interface ProgramEdit {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What is written: `clip: 1.0`, the new rate. */
export interface RunEdit extends ProgramEdit {
  readonly kind: 'clip' | 'rate';
}

/** The edits that the words of a finding propose; none where the program has several train blocks and it is open which. */
export function runEdits(program: string, message: string): readonly RunEdit[] {
  const block = onlyTrainBlock(program);
  if (block === undefined) return [];
  const body = program.slice(block.start, block.end);
  const edits: RunEdit[] = [];
  if (message.includes('`clip: 1.0`') && !/^\s*clip\s*:/mu.test(body)) {
    edits.push({ kind: 'clip', text: '\n  clip: 1.0', start: block.start, end: block.start });
  }
  const rate = PROPOSED_RATE.exec(message)?.[1];
  // The first number of the optimizer is its rate, where it is written as one.
  const written = /^(\s*optimizer\s*:\s*\w+\(\s*(?:lr\s*:\s*)?)(\d[\d_.]*(?:e[+-]?\d+)?)(?=\s*[,)])/mu.exec(body);
  if (rate !== undefined && written?.[1] !== undefined && written[2] !== undefined) {
    const start = block.start + written.index + written[1].length;
    edits.push({ kind: 'rate', text: rate, start, end: start + written[2].length });
  }
  return edits;
}

const PROPOSED_RATE = /\b[Tt]ry (?:the learning rate )?(\d[\d.e+-]*\d|\d)/u;

/** The learning rate that a finding proposes. */
export function proposedRate(message: string): number | undefined {
  const rate = Number(PROPOSED_RATE.exec(message)?.[1] ?? Number.NaN);
  return rate > 0 ? rate : undefined;
}

/** The one train block of a program, from behind its opening brace to its end. */
export function onlyTrainBlock(program: string): { readonly start: number; readonly end: number } | undefined {
  const heads = [...program.matchAll(/^train\b[^\n{]*\{/gmu)];
  const [head] = heads;
  if (head === undefined || heads.length > 1) return undefined;
  const start = head.index + head[0].length;
  const close = program.indexOf('\n}', start);
  return { start, end: close < 0 ? program.length : close };
}
