/** `modelwright runs tell RUN …`: pause, resume, stop, snapshot or evaluate, told to a run that is training. */
import { eventLine, type RunEvent } from '../../protocol/index.ts';
import { RunConnection, type RunSummary, readEvents } from '../../runs/index.ts';
import { digits } from '../progress.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

const commands = ['pause', 'resume', 'stop', 'snapshot', 'evaluate'] as const;
type Command = (typeof commands)[number];

/** What a trainer says when it has done what it was told. */
const answers: Readonly<Record<Command, RunEvent['kind']>> = {
  pause: 'paused',
  resume: 'resumed',
  stop: 'ended',
  snapshot: 'checkpoint',
  evaluate: 'epoch',
};

/** Tells it, and waits until it is done. */
export async function tell(world: World, run: RunSummary, word: string, json: boolean): Promise<ExitCode> {
  const command = commands.find((each) => each === word);
  if (command === undefined) {
    world.say(`\`runs tell\` takes ${commands.join(', ')}, but got \`${word}\`.`);
    return exitCodes.usage;
  }
  return new Promise((done) => {
    let told = false;
    let isOpen = false;
    const connection = new RunConnection({
      onEvent(event) {
        const answered = event.kind === answers[command] || event.kind === 'ended';
        if (!told || !answered) return;
        world.print(json ? eventLine(event).trimEnd() : said(event));
        done(event.kind === answers[command] ? exitCodes.done : exitCodes.failed);
        connection.dispose();
      },
      onClose(reason, message) {
        // A line that never opened is told of below.
        if (reason === 'disposed' || !isOpen) return;
        world.say(message ?? `The run ${run.record.id} ended without a word. \`modelwright runs\` shows how it is.`);
        done(exitCodes.failed);
      },
      onSilence(silent) {
        if (silent) world.say(`No sign of life from ${run.record.id}: it computes one very long step, or it hangs.`);
      },
    });
    const after = readEvents(run.folder).at(-1)?.seq ?? 0;
    void connection.open(run.folder, after).then((opened) => {
      if (!opened.ok) {
        world.say(opened.message);
        done(exitCodes.failed);
        return;
      }
      isOpen = true;
      const already = opened.state === 'paused' ? 'pause' : opened.state === 'running' ? 'resume' : undefined;
      if (command === already) {
        world.say(`The run ${run.record.id} is ${opened.state} already.`);
        done(exitCodes.done);
        connection.dispose();
        return;
      }
      told = connection.send({ kind: command });
    });
  });
}

function said(event: RunEvent): string {
  switch (event.kind) {
    case 'paused':
      return `Paused at step ${event.step}.`;
    case 'resumed':
      return `Training again from step ${event.step}.`;
    case 'checkpoint':
      return `Saved ${event.path} at step ${event.step}.`;
    case 'epoch': {
      const values = Object.entries(event.validation ?? {}).map(([name, value]) => `${name} ${digits(value)}`);
      return `step ${event.step}  validation ${values.join('  ')}`;
    }
    case 'ended':
      return `${event.state} at step ${event.step}${event.reason === undefined ? '' : `: ${event.reason}`}`;
    default:
      return eventLine(event).trimEnd();
  }
}
