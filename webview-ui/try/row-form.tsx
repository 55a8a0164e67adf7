/** A row of a table as a form: a field for each column, with what the training rows held as a hint. */
import type { FormInput, UseValue } from '../../protocol/index.ts';
import { number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { TryState } from './state.ts';

type Field = Extract<FormInput, { kind: 'choice' | 'number' | 'numbers' | 'text' }>;

export function isField(input: FormInput): input is Field {
  return input.kind === 'choice' || input.kind === 'number' || input.kind === 'numbers' || input.kind === 'text';
}

export function RowForm({ fields, state }: { readonly fields: readonly Field[]; readonly state: TryState }) {
  const given = state.given.value;
  return (
    <div class="row-form">
      {fields.map((field) => (
        <label key={field.name} for={idOf(field)} class={field.kind === 'text' ? 'wide' : ''}>
          <span>{field.name}</span>
          <Control field={field} value={textOf(given[field.name])} give={(value) => state.give(field.name, value)} />
          <Hint field={field} />
        </label>
      ))}
    </div>
  );
}

function idOf({ name }: Field): string {
  return `given-${name}`;
}

interface ControlProps {
  readonly field: Field;
  readonly value: string;
  readonly give: (value: UseValue | undefined) => void;
}

function Control({ field, value, give }: ControlProps) {
  const say = (text: string) => give(valueOfText(field, text));
  switch (field.kind) {
    case 'number':
      return (
        <input
          id={idOf(field)}
          type="number"
          step="any"
          value={value}
          onInput={(event) => say(event.currentTarget.value)}
        />
      );
    case 'numbers':
      return (
        <textarea
          id={idOf(field)}
          rows={3}
          value={value}
          spellcheck={false}
          onInput={(event) => say(event.currentTarget.value)}
        />
      );
    case 'text':
      return <textarea id={idOf(field)} rows={4} value={value} onInput={(event) => say(event.currentTarget.value)} />;
    case 'choice':
      return field.open ? (
        <>
          <input
            id={idOf(field)}
            list={`values-${field.name}`}
            value={value}
            onInput={(event) => say(event.currentTarget.value)}
          />
          <datalist id={`values-${field.name}`}>
            {field.values.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </>
      ) : (
        <select id={idOf(field)} value={value} onChange={(event) => say(event.currentTarget.value)}>
          <option value="">{field.optional ? t('empty') : t('Choose…')}</option>
          {field.values.map((each) => (
            <option key={each} value={String(each)}>
              {String(each)}
            </option>
          ))}
        </select>
      );
    default:
      return assertNever(field);
  }
}

function Hint({ field }: { readonly field: Field }) {
  const texts = [];
  if (field.kind === 'number' && field.mean !== undefined && field.deviation !== undefined)
    texts.push(t('about {0} ± {1}', number(field.mean), number(field.deviation, 3)));
  if (field.kind === 'choice' && field.more > 0) texts.push(t('{0} values', field.values.length + field.more));
  if (field.kind === 'numbers') texts.push(t('numbers in lists: [{0}]', field.shape.join(', ')));
  if ('optional' in field && field.optional) texts.push(t('may stay empty'));
  return texts.length === 0 ? null : <small class="soft">{texts.join(' · ')}</small>;
}

/** A column's number of a choice is sent as the number that it is. */
export function valueOfText(field: Field, text: string): UseValue | undefined {
  if (text === '') return undefined;
  switch (field.kind) {
    case 'text':
      return { kind: 'value', value: text };
    case 'number':
      return Number.isFinite(Number(text)) ? { kind: 'value', value: Number(text) } : { kind: 'value', value: text };
    case 'numbers':
      try {
        return { kind: 'value', value: JSON.parse(text) };
      } catch {
        return { kind: 'value', value: text };
      }
    case 'choice': {
      const known = field.values.find((each) => String(each) === text);
      const areNumbers = field.values.length > 0 && field.values.every((each) => typeof each === 'number');
      return { kind: 'value', value: known ?? (areNumbers && Number.isFinite(Number(text)) ? Number(text) : text) };
    }
    default:
      return assertNever(field);
  }
}

function textOf(value: UseValue | undefined): string {
  if (value?.kind !== 'value' || value.value === null || value.value === undefined) return '';
  return typeof value.value === 'object' ? JSON.stringify(value.value) : String(value.value);
}

function assertNever(value: never): never {
  throw new Error(`Unknown field: ${JSON.stringify(value)}`);
}
