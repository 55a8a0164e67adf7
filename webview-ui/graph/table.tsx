/** The same graph as a table: each operation with what comes out, its weights and its line. */
import type { ProgramGraph } from '../../protocol/index.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { GraphState } from './state.ts';
import { valueText } from './words.ts';

/** More rows than this are more than anybody reads; searching shows fewer. */
const ROWS = 400;

export function GraphTable({
  state,
  graph,
  rows,
}: {
  readonly state: GraphState;
  readonly graph: ProgramGraph;
  /** Nodes that are searched for; undefined: all. */
  readonly rows: readonly number[] | undefined;
}) {
  const shown = rows ?? graph.nodes.map((_, index) => index);
  return (
    <div class="graph-table">
      <table>
        <caption>
          {shown.length > ROWS
            ? t('The first {0} of {1} operations', ROWS, count(shown.length))
            : t('{0} operations', count(shown.length))}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('Operation')}</th>
            <th scope="col">{t('Settings')}</th>
            <th scope="col">{t('Block')}</th>
            <th scope="col">{t('Result')}</th>
            <th scope="col">{t('Parameters')}</th>
            <th scope="col">{t('Multiply-adds')}</th>
            <th scope="col">{t('Line')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.slice(0, ROWS).map((index) => {
            const node = graph.nodes[index];
            if (node === undefined) return null;
            return (
              <tr key={index}>
                <th scope="row">{node.name}</th>
                <td>{node.detail}</td>
                <td>{graph.groups[node.group]?.path ?? ''}</td>
                <td>{node.output ? valueText(node.output) : ''}</td>
                <td class="number">{typeof node.parameters === 'number' ? count(node.parameters) : node.parameters}</td>
                <td class="number">{node.macs === undefined ? '' : count(node.macs)}</td>
                <td class="number">
                  <button
                    type="button"
                    class="link"
                    onClick={() => {
                      state.link.ask({ kind: 'reveal', of: 'node', index }).catch(state.link.failed);
                    }}
                  >
                    {node.place.line}
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
