/** Rows one by one, twelve at a time: pictures, sounds, texts, or the columns of a table, each with what was said of it. */
import { useEffect, useState } from 'preact/hooks';
import type { EvaluationAnswer, Example, ExampleInput, FoundRow, RowFilter } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { Cell } from '../data/cell.tsx';
import { asCount, asFlag, asShape, asText } from '../kept.ts';
import { Waits } from '../parts/waits.tsx';
import { placeText } from '../text/data-words.ts';
import { count, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { RankedRows } from './ranked.tsx';
import { Spelt } from './sequences.tsx';
import { Sound } from './sound.tsx';
import { type EvaluateState, type LookedRows, useLook } from './state.ts';
import { SpeakingTokens, sureOf, Tokens } from './tokens.tsx';
import { type RowWords, rowWords } from './words.ts';

/** Rows of a page. */
const PAGE = 12;

interface RowsProps {
  readonly state: EvaluateState;
  readonly answer: EvaluationAnswer;
  readonly index: number;
  readonly filter: RowFilter;
}

/** The page that is shown of what was asked for. */
const FIRST_PAGE = { key: '', from: 0 };
const asPage = asShape<typeof FIRST_PAGE>({ key: asText, from: asCount });

/** Which rows: pages of twelve. */
export function Rows({ state, answer, index, filter }: RowsProps) {
  const key = `${state.evaluation.value?.name} ${state.evaluation.value?.created} ${index} ${JSON.stringify(filter)}`;
  // Another question begins at its first page.
  const page = useLook(`page ${index} ${filter.kind}`, FIRST_PAGE, asPage);
  const from = page.value.key === key ? page.value.from : 0;
  const setFrom = (next: number): void => {
    page.value = { key, from: next };
  };
  const [looked, setLooked] = useState<LookedRows | undefined>(undefined);
  const [trouble, setTrouble] = useState('');
  const seen = useHost().kept.signal('evaluate.seen', false, asFlag);
  useEffect(() => {
    let current = true;
    setTrouble('');
    state.look(index, filter, from, PAGE).then(
      (found) => {
        if (current) setLooked(found);
      },
      (error: unknown) => {
        if (current) setTrouble(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      current = false;
    };
  }, [key, from]);
  if (trouble !== '') return <p role="alert">{trouble}</p>;
  if (looked === undefined)
    return (
      <p role="status">
        <Waits otherwise={t('Loading the rows…')} />
      </p>
    );
  if (looked.total === 0) return <p class="soft">{t('There are none.')}</p>;
  const look = kindOf(answer, looked);
  const raw = looked.rows.some(({ example }) => example?.inputs.some((input) => input.raw !== undefined));
  return (
    <>
      {looked.trouble === '' ? null : <p role="alert">{looked.trouble}</p>}
      <div class={`rows-shown ${look}`}>
        {answer.kind === 'ranked' ? (
          <RankedRows answer={answer} looked={looked} />
        ) : look === 'table' ? (
          <RowsTable looked={looked} answer={answer} filter={filter} />
        ) : (
          looked.rows.map((row) => (
            <figure key={row.row}>
              <Shown
                example={row.example}
                sure={(tokens) => sureOf(answer, row, tokens)}
                asSeen={seen.value}
                without={answer.kind === 'sequences' ? answer.truth : undefined}
              />
              {answer.kind === 'sequences' ? <Spelt answer={answer} row={row} /> : null}
              <figcaption title={placeText(row.example?.where ?? '')}>
                <Said words={rowWords(answer, row, thresholdOf(filter))} />
              </figcaption>
            </figure>
          ))
        )}
      </div>
      <div class="pages">
        <button type="button" disabled={from === 0} onClick={() => setFrom(Math.max(0, from - PAGE))}>
          {t('Previous')}
        </button>
        <button type="button" disabled={from + PAGE >= looked.total} onClick={() => setFrom(from + PAGE)}>
          {t('Next')}
        </button>
        <span class="soft" role="status">
          {t('{0} to {1} of {2}', count(from + 1), count(Math.min(from + PAGE, looked.total)), count(looked.total))}
        </span>
        {raw ? (
          <button
            type="button"
            class="toggle"
            aria-pressed={seen.value}
            onClick={() => {
              seen.value = !seen.value;
            }}
          >
            {t('as the model sees it')}
          </button>
        ) : null}
      </div>
    </>
  );
}

function thresholdOf(filter: RowFilter): number {
  return 'threshold' in filter ? filter.threshold : 0.5;
}

type Look = 'gallery' | 'sounds' | 'texts' | 'table';

function kindOf(answer: EvaluationAnswer, { rows }: LookedRows): Look {
  if (answer.kind === 'ranked') return 'table';
  const inputs = rows.flatMap(({ example }) => example?.inputs ?? []);
  if (inputs.some(({ cell }) => cell.kind === 'picture')) return 'gallery';
  if (inputs.some(({ sound }) => sound !== undefined)) return 'sounds';
  return answer.kind === 'sequences' || inputs.some(({ tokens }) => tokens !== undefined) ? 'texts' : 'table';
}

/** `4 → 9 99.8%`: what is so, what was said, how sure. */
function Said({ words }: { readonly words: RowWords }) {
  return (
    <>
      {words.is === '' && words.said === '' ? null : (
        <>
          <b title={words.is}>{words.is}</b> <span aria-hidden="true">→</span>
          <span class="unseen">{t('predicted as')}</span>{' '}
          <b class={words.right ? '' : 'bad'} title={words.said}>
            {words.said}
          </b>{' '}
        </>
      )}
      <span class="soft">{words.how}</span>
    </>
  );
}

function Shown({
  example,
  sure,
  asSeen,
  without,
}: {
  readonly example: Example | undefined;
  readonly sure: (tokens: number) => readonly number[];
  readonly asSeen: boolean;
  /** A field that is shown elsewhere. */
  readonly without: string | undefined;
}) {
  if (example === undefined) return <span class="soft">{t('This row is not in the data any more.')}</span>;
  const picture = example.inputs.find(({ cell }) => cell.kind === 'picture');
  if (picture !== undefined) return <Cell cell={asSeen ? picture.cell : (picture.raw ?? picture.cell)} />;
  const heard = example.inputs.find(({ sound }) => sound !== undefined);
  if (heard?.sound !== undefined) return <Sound sound={heard.sound} />;
  const texts = example.inputs.filter((input) => input.tokens !== undefined && input.name !== without);
  return (
    <>
      {texts.map((input) => (
        <TextOf key={input.name} input={input} sure={sure} named={texts.length > 1} />
      ))}
    </>
  );
}

function TextOf({
  input,
  sure,
  named,
}: {
  readonly input: ExampleInput;
  readonly sure: (tokens: number) => readonly number[];
  readonly named: boolean;
}) {
  const tokens = input.tokens ?? [];
  return (
    <p>
      {named ? <span class="soft">{input.name} </span> : null}
      {input.parts === undefined ? (
        <Tokens tokens={tokens} sure={sure(tokens.length)} />
      ) : (
        <SpeakingTokens tokens={tokens} parts={input.parts} />
      )}
    </p>
  );
}

/** Of numbers: how far the row lies off. */
function errorOf({ entry }: FoundRow): number {
  return typeof entry[2] === 'number' ? entry[2] : Number.NaN;
}

function RowsTable({
  looked,
  answer,
  filter,
}: {
  readonly looked: LookedRows;
  readonly answer: EvaluationAnswer;
  readonly filter: RowFilter;
}) {
  const columns = looked.rows.find(({ example }) => example !== undefined)?.example?.columns ?? [];
  return (
    <div class="scroll">
      <table class="plain">
        <caption class="unseen">{t('Rows with what was predicted')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('is')}</th>
            <th scope="col">{t('predicted')}</th>
            <th scope="col">{answer.kind === 'numbers' ? t('error') : t('confidence')}</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">{t('row')}</th>
          </tr>
        </thead>
        <tbody>
          {looked.rows.map((row) => {
            const words = rowWords(answer, row, thresholdOf(filter));
            return (
              <tr key={row.row}>
                <td>{words.is}</td>
                <td class={words.right ? '' : 'bad'}>{words.said}</td>
                <td class="soft">{answer.kind === 'numbers' ? number(errorOf(row), 4) : words.how}</td>
                {columns.map(({ name }, i) => (
                  <td key={name}>
                    <Cell cell={row.example?.columns[i]?.cell ?? { kind: 'empty' }} />
                  </td>
                ))}
                <td class="soft">{row.example === undefined ? count(row.row + 1) : placeText(row.example.where)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
