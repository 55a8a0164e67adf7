/** The menu behind "…": what is done with a run now and then. */
import type { PanelCommand, PanelHead, RunBrief } from '../../protocol/index.ts';
import { isShare } from '../charts/chart-list.ts';
import { useHost } from '../context.ts';
import { comparable, metricName } from '../ghost.ts';
import type { Host } from '../host.ts';
import { metricText } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { hiddenItems } from './hidden-cards.ts';
import { Menu, type MenuItem } from './menu.tsx';

interface RunMenuProps {
  readonly head: PanelHead;
  readonly alive: boolean;
}

export function RunMenu({ head, alive }: RunMenuProps) {
  const host = useHost();
  return <Menu label={t('More actions')} icon="more" items={() => itemsOf(host, head, alive)} />;
}

function itemsOf(host: Host, head: PanelHead, alive: boolean): MenuItem[] {
  const told = (text: string, command: PanelCommand): MenuItem => ({ text, run: () => host.command(command) });
  const living: MenuItem[] = [
    told(t('Change learning rate…'), 'rate'),
    told(t('Save a checkpoint now'), 'snapshot'),
    told(t('Evaluate now'), 'evaluate'),
    {
      text: t('Keep training when VS Code closes'),
      checked: head.keepGoing,
      run: () => host.command('keepGoing', head.keepGoing ? 0 : 1),
    },
  ];
  return [
    ...(alive && head.state !== 'preparing' ? living : []),
    { text: t('Baseline'), inner: () => baselines(host, head) },
    ...hiddenItems(host),
    told(t('Show metrics as text'), 'showText'),
    told(t('Copy as Markdown'), 'copyMarkdown'),
    told(t('Show log'), 'showLog'),
    told(t('Open the program as it was'), 'showProgram'),
    told(t('Reveal the run folder'), 'showFolder'),
  ];
}

/** Runs that can stand behind this one: of the same program and data first, then the others. */
async function baselines(host: Host, head: PanelHead): Promise<MenuItem[]> {
  const { view, run } = host.store;
  const answer = await host.ask('runs', { kind: 'list' });
  const runs = answer.kind === 'list' ? answer.runs : [];
  const own = runs.find((each) => each.folder === head.folder);
  const alike = own === undefined ? [] : comparable(runs, own);
  const others = runs.filter((each) => each.folder !== head.folder && !alike.includes(each));
  const choose = (baseline: string | undefined) => () => {
    view.value = { ...view.value, baseline };
  };
  const chosen = view.value.baseline;
  const textOf = ({ number, id, name, title, best }: RunBrief) =>
    [
      `#${number} ${name || id.replace(/^\d+-/, '')}`,
      title,
      best === undefined ? '' : `${best.metric} ${metricText(best.value, isShare(run.value, metricName(best.metric)))}`,
    ]
      .filter((part) => part !== '')
      .join(' · ');
  return [
    { text: t('The best run of the same program and data'), checked: chosen === undefined, run: choose(undefined) },
    { text: t('None'), checked: chosen === '', run: choose('') },
    ...[...alike, ...others].slice(0, MOST_RUNS).map((each) => ({
      text: textOf(each),
      checked: chosen === each.folder,
      run: choose(each.folder),
    })),
  ];
}

/** More can't be looked through in a menu. */
const MOST_RUNS = 40;
