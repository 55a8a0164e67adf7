/** A task of `tasks.json` as words of the command line. Pure. */

const TASKS = ['train', 'evaluate', 'check', 'test'] as const;
export type TaskKind = (typeof TASKS)[number];

/** Those that an engine takes part in. */
export const TRAINING_TASKS: readonly TaskKind[] = ['train', 'evaluate', 'test'];

export interface TaskWords {
  readonly task: TaskKind;
  /** As the list of tasks shows it: `train digits.model DigitReader`. */
  readonly name: string;
  /** Behind the program: command, file, declaration, options. */
  readonly args: readonly string[];
}

/** The words of a definition; undefined where it is none of ours: no known task, a file that is no text. */
export function taskWords(definition: Readonly<Record<string, unknown>>): TaskWords | undefined {
  const task = TASKS.find((each) => each === definition.task);
  const { file, declaration, args } = definition;
  if (task === undefined) return undefined;
  if (file !== undefined && (typeof file !== 'string' || file === '')) return undefined;
  if (declaration !== undefined && typeof declaration !== 'string') return undefined;
  if (args !== undefined && !(Array.isArray(args) && args.every((each) => typeof each === 'string'))) return undefined;
  // A run needs its program; a check or a test without one takes all of the folder.
  if (file === undefined && (task === 'train' || task === 'evaluate')) return undefined;
  const more: readonly string[] = args ?? [];
  const named = declaration === undefined || declaration === '' ? [] : [declaration];
  const words = [task, file ?? '.', ...(task === 'check' ? [] : named)];
  return { task, name: words.join(' '), args: [...words, ...more] };
}
