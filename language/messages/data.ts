/** Texts of problems with data sections and data files. */
import type { MessageTable } from './table.ts';

export const dataMessages = {
  'data/no-source': {
    en: ({ data }) =>
      `\`${data}\` has no \`source:\`, so it has no rows: name its files, for example \`source: csv("rows.csv")\`.`,
  },
  'data/source-form': {
    en: () => `A source is a call, like \`csv("rows.csv")\` or \`idx(images: "…", labels: "…")\`.`,
  },
  'data/unknown-source': {
    en: ({ name }) => `There is no source \`${name}\`.`,
  },
  'data/unknown-source.near': {
    en: ({ name, near }) => `There is no source \`${name}\`. Did you mean \`${near}\`?`,
  },
  'data/unnamed-file': {
    en: ({ source }) => `Each file of \`${source}\` needs the name of its column: \`${source}(images: "…")\`.`,
  },
  'data/file-name': {
    en: ({ column, value }) => `The file of \`${column}\` is a text in quotes, but got ${value}.`,
  },
  'data/no-files': {
    en: ({ source }) =>
      `\`${source}\` needs at least one file with the name of its column: \`${source}(images: "…")\`.`,
  },
  'data/no-column': {
    en: ({ name }) => `The source has no column \`${name}\`.`,
  },
  'data/no-column.near': {
    en: ({ name, near }) => `The source has no column \`${name}\`. Did you mean \`${near}\`?`,
  },
  'data/not-a-column': {
    en: ({ value }) => `A field is made of columns, but this is ${value}.`,
  },
  'data/unknown-key': {
    en: ({ section, name }) =>
      `A ${section} section has no key \`${name}\`; a field needs a type: \`${name}: float32 = …\`.`,
  },
  'data/unknown-key.near': {
    en: ({ section, name, near }) => `A ${section} section has no key \`${name}\`. Did you mean \`${near}\`?`,
  },
  'data/key-twice': {
    en: ({ key }) => `\`${key}\` is given twice.`,
  },
  'data/share': {
    en: ({ key, value }) => `\`${key}\` is a share of the rows between 0% and 100%, like \`10%\`, but is ${value}.`,
  },
  'data/conversion.text': {
    en: ({ given, stated }) =>
      `The column is text (${given}), and text is no ${stated}: number it with \`Index\` or \`OneHot\`, or compare it (\`== "yes"\`).`,
  },
  'data/conversion.to-text': {
    en: ({ given }) => `Numbers (${given}) do not become text here.`,
  },
  'data/conversion.decimal': {
    en: ({ given, stated }) =>
      `Decimal numbers (${given}) would lose their fractions as ${stated}: round them first, or state float32.`,
  },
  'data/conversion.bool': {
    en: ({ given }) => `Numbers (${given}) are not true or false by themselves: compare them, for example \`!= 0\`.`,
  },
  'data/conversion.range': {
    en: ({ given, value, stated }) => `${given} holds ${value}, which does not fit into ${stated} (0 to 255).`,
  },
  'data/no-field': {
    en: ({ input, data, fields }) =>
      `The model needs \`${input}\`, but \`${data}\` has no field of that name (it has ${fields}). Inputs are fed from fields of the same name.`,
  },
  'data/no-field.none': {
    en: ({ input, data }) =>
      `The model needs \`${input}\`, but \`${data}\` has no fields yet: add \`${input}: … = …\` to it.`,
  },
  'data/field-input': {
    en: ({ input, unit, expected, given, axis, actual, wanted }) =>
      `\`${input}\` of \`${unit}\` is ${expected}, but the field gives ${given}: axis ${axis} is ${actual}, not ${wanted}.`,
  },
  'data/field-input.unsolved': {
    en: ({ input, unit, expected, given, axis, actual }) =>
      `\`${input}\` of \`${unit}\` is ${expected}, but the field gives ${given}: axis ${axis} is ${actual}, which no whole number fits.`,
  },
  'data/field-input.rank': {
    en: ({ input, unit, expected, given }) =>
      `\`${input}\` of \`${unit}\` is ${expected}, but the field gives ${given}.`,
  },
  'data/field-input.batch': {
    en: ({ input, unit, expected, given }) =>
      `\`${input}\` of \`${unit}\` is ${expected}, but the field gives ${given}: a model is written for one example, so the batch is no axis of it.`,
  },
  'data/field-input.type': {
    en: ({ input, unit, wanted, given }) => `\`${input}\` of \`${unit}\` is ${wanted}, but the field gives ${given}.`,
  },
  'data/unlike-indexes': {
    en: ({ layer }) =>
      `\`${layer}\` looks up numbers of two different indexes, so one row would mean two things: make both fields by \`Index\` of one column with the same settings, or give each a layer of its own.`,
  },
  'data/seed': { en: ({ value }) => `\`seed\` is a whole number of at least 0, but got ${value}.` },
} satisfies MessageTable;
