/** The rows as a table: for each field the way from the raw column to what the model gets. */
import type { DataFieldReport, DataReport, DataStage } from '../../protocol/index.ts';
import { placeText, stageText } from '../text/data-words.ts';
import { t } from '../text/translate.ts';
import { Cell } from './cell.tsx';
import type { DataConnection } from './connection.ts';

interface Shown {
  readonly field: DataFieldReport;
  readonly fieldIndex: number;
  readonly stages: readonly { readonly stage: DataStage; readonly index: number }[];
}

export function RowTable({ view, connection }: { readonly view: DataReport; readonly connection: DataConnection }) {
  const shown = view.fields.map(
    (field, fieldIndex): Shown => ({ field, fieldIndex, stages: shownStages(field, connection.everyStep.value) }),
  );
  return (
    <div class="scroll rows">
      <table>
        <caption class="unseen">{t('Rows of {0}', view.title)}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t('row')}
            </th>
            {shown.map(({ field, fieldIndex, stages }) => (
              <th key={field.name} scope="colgroup" colSpan={stages.length} class="field">
                <button
                  type="button"
                  class="link named"
                  title={field.name}
                  onClick={() => connection.reveal(fieldIndex)}
                >
                  {field.name}
                </button>{' '}
                <span class="soft">{field.type}</span>
              </th>
            ))}
          </tr>
          <tr>
            {shown.flatMap(({ field, fieldIndex, stages }) =>
              stages.map(({ stage, index }) => (
                <th key={`${field.name} ${index}`} scope="col" class="stage">
                  <button
                    type="button"
                    class="link named"
                    title={stageText(stage.title)}
                    onClick={() => connection.reveal(fieldIndex, index)}
                  >
                    {stageText(stage.title)}
                  </button>
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {view.names.map((name, row) => (
            <tr key={name}>
              <th scope="row">{placeText(name)}</th>
              {shown.flatMap(({ field, stages }) =>
                stages.map(({ stage, index }) => (
                  <td key={`${field.name} ${index}`}>
                    <Cell cell={stage.cells[row] ?? { kind: 'empty' }} />
                  </td>
                )),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** All stages, or the raw column, the finished field and the augmented one. */
function shownStages(field: DataFieldReport, all: boolean): Shown['stages'] {
  const stages = field.stages.map((stage, index) => ({ stage, index }));
  if (all) return stages;
  const finished = stages.filter(({ stage }) => stage.title !== 'augmented').length - 1;
  return stages.filter(({ index }) => index === 0 || index >= finished);
}
