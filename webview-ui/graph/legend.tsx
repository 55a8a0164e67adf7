/** What the colours mean. */
import type { GraphKind, ProgramGraph } from '../../protocol/index.ts';
import { number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { colourText, KINDS, kindText, scaleOf } from './colours.ts';
import type { GraphState } from './state.ts';
import { largeText } from './words.ts';

export function Legend({ state, graph }: { readonly state: GraphState; readonly graph: ProgramGraph }) {
  const by = state.colourBy.value;
  const gradients = state.link.gradients.value;
  const scale = scaleOf(by, graph, gradients);
  if (scale === undefined) {
    const present: ReadonlySet<GraphKind> = new Set(
      graph.nodes.map(({ kind }) => (kind === 'output' ? 'input' : kind)),
    );
    return (
      <ul class="graph-legend">
        {KINDS.filter((kind) => present.has(kind)).map((kind) => (
          <li key={kind}>
            <i style={{ background: `var(--mw-graph-${kind})` }} />
            {kindText(kind)}
          </li>
        ))}
      </ul>
    );
  }
  if (scale.most <= 0) return <p class="graph-legend">{t('There are no numbers for this yet.')}</p>;
  const write = by === 'gradient' ? (value: number) => number(value, 3) : largeText;
  const title = by === 'gradient' && gradients ? t('Norm of the gradient at step {0}', gradients.step) : colourText(by);
  return (
    <p class="graph-legend">
      {title}
      <span>{write(scale.least)}</span>
      <i class="scale" />
      <span>{write(scale.most)}</span>
    </p>
  );
}
