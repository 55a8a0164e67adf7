/** `modelwright runs rename | star | unstar | tag | untag | note`: what a person writes about a run, in its `notes.json`. */
import type { RunNotes } from '../../protocol/index.ts';
import { type RunSummary, writeNotes } from '../../runs/index.ts';
import { type ExitCode, exitCodes, plain, type World } from '../world.ts';

export const NOTE_ACTIONS = ['rename', 'star', 'unstar', 'tag', 'untag', 'note'] as const;
export type NoteAction = (typeof NOTE_ACTIONS)[number];

/** The action of that word; undefined where it is another one. */
export function noteAction(word: string): NoteAction | undefined {
  return NOTE_ACTIONS.find((action) => action === word);
}

/** Changes the notes of one run by the words behind its name. */
export function noteRun(world: World, run: RunSummary, action: NoteAction, words: readonly string[]): ExitCode {
  const tags = action === 'tag' || action === 'untag';
  if (tags && words.length === 0) {
    world.say(`\`runs ${action}\` needs a tag: \`modelwright runs ${action} ${run.record.number} baseline\`.`);
    return exitCodes.usage;
  }
  try {
    const notes = writeNotes(run.folder, changeOf(run.notes, action, words));
    world.say(plain(`${run.record.id}${notes.starred ? ' ★' : ''}: ${described(notes)}`));
    return exitCodes.done;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    world.say(`The notes of ${run.record.id} could not be written: ${why}. They are as they were.`);
    return exitCodes.failed;
  }
}

function changeOf(notes: RunNotes, action: NoteAction, words: readonly string[]): Partial<Omit<RunNotes, 'version'>> {
  switch (action) {
    case 'rename':
      return { name: words.join(' ') };
    case 'star':
      return { starred: true };
    case 'unstar':
      return { starred: false };
    case 'tag':
      return { tags: [...new Set([...notes.tags, ...words])] };
    case 'untag':
      return { tags: notes.tags.filter((tag) => !words.includes(tag)) };
    case 'note':
      return { notes: words.join(' ') };
    default:
      return assertNever(action);
  }
}

function described({ name, tags, notes }: RunNotes): string {
  const parts = [name === '' ? 'no name' : `name "${name}"`, tags.length === 0 ? 'no tags' : `tags ${tags.join(', ')}`];
  return [...parts, ...(notes === '' ? [] : [`note "${notes}"`])].join(' · ');
}

function assertNever(value: never): never {
  throw new Error(`Unknown action: ${JSON.stringify(value)}`);
}
