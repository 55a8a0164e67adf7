/** Texts of problems with names: unknown, doubled, shadowing. */
import type { MessageTable } from './table.ts';

const importTroubles: Readonly<Record<string, string>> = {
  missing: 'there is no such file',
  folder: 'it is a folder',
  device: 'it is no regular file',
  denied: 'it may not be read',
  outside: 'it lies outside the folders that are trusted',
  'too-large': 'it is too large',
};

export const nameMessages = {
  'name/unknown': {
    en: ({ name }) => `There is no \`${name}\` here.`,
  },
  'name/unknown.near': {
    en: ({ name, near }) => `There is no \`${name}\` here. Did you mean \`${near}\`?`,
  },
  'name/later': {
    en: ({ name }) => `\`${name}\` is part of the language, but this version of Modelwright does not have it yet.`,
  },
  'name/unknown-insert': {
    en: ({ name }) => `\`${name}\` is no parameter of this declaration, so it can’t be put into a text.`,
  },
  'name/unknown-model': {
    en: ({ name }) => `There is no model \`${name}\` in this file or its imports.`,
  },
  'name/unknown-model.near': {
    en: ({ name, near }) => `There is no model \`${name}\`. Did you mean \`${near}\`?`,
  },
  'name/unknown-unit': {
    en: ({ name }) => `There is no model or block \`${name}\` in this file or its imports.`,
  },
  'name/unknown-unit.near': {
    en: ({ name, near }) => `There is no model or block \`${name}\`. Did you mean \`${near}\`?`,
  },
  'name/unknown-data': {
    en: ({ name }) => `There is no data \`${name}\` in this file or its imports.`,
  },
  'name/unknown-data.near': {
    en: ({ name, near }) => `There is no data \`${name}\`. Did you mean \`${near}\`?`,
  },
  'name/unknown-run': {
    en: ({ name }) => `There is no \`train\` block called \`${name}\` in this file.`,
  },
  'name/unknown-run.near': {
    en: ({ name, near }) => `There is no \`train\` block called \`${name}\`. Did you mean \`${near}\`?`,
  },
  'name/twice': {
    en: ({ name }) => `\`${name}\` is already bound in this body; a name is bound once. Choose another name here.`,
  },
  'name/twice.first': {
    en: ({ name }) => `\`${name}\` is first bound here`,
  },
  'name/declared-twice': {
    en: ({ name }) => `This file declares \`${name}\` twice; the first one counts. Rename one of them.`,
  },
  'name/output-twice': {
    en: ({ name }) => `This unit already has an output called \`${name}\`; name each output.`,
  },
  'name/hides-library': {
    en: ({ name }) => `\`${name}\` is also in the library; in this file the name means yours.`,
  },
  'name/ambiguous': {
    en: ({ name, first, second }) =>
      `\`${name}\` is an output of the model and a field of the data: write \`${first}\` or \`${second}\`.`,
  },
  'name/not-a-layer': {
    en: ({ name }) => `\`${name}\` is data, not a layer.`,
  },
  'name/not-a-model': {
    en: ({ name }) => `\`${name}\` is a block. Only a \`model\` can be trained, since its inputs have full types.`,
  },
  'name/part-not-here': {
    en: ({ model, part }) => `Only the whole model \`${model}\` can be named here, not its part \`${part}\`.`,
  },
  'name/part': {
    en: ({ of, name }) => `\`${of}\` has no part \`${name}\`.`,
  },
  'name/part.near': {
    en: ({ of, name, near }) => `\`${of}\` has no part \`${name}\`. Did you mean \`${near}\`?`,
  },
  'name/no-parts': {
    en: ({ value, name }) => `${value} has no parts, so \`.${name}\` means nothing here.`,
  },
  'name/no-weights': {
    en: ({ layer, name }) =>
      `The weights of \`${layer}\` depend on what flows into it, or it has none: \`.${name}\` can’t be read here. The weights of an \`Embedding\` or \`Weight\` can.`,
  },
  'name/weight': {
    en: ({ layer, name }) => `\`${layer}\` has no weight \`${name}\`.`,
  },
  'name/weight.near': {
    en: ({ layer, name, near }) => `\`${layer}\` has no weight \`${name}\`. Did you mean \`${near}\`?`,
  },
  'name/recursion': {
    en: ({ unit }) =>
      `\`${unit}\` leads back here: a unit can’t contain itself, since it would never end. A repeated part is written with \`repeat\`.`,
  },
  'name/nesting': {
    en: ({ limit, unit }) => `Units are nested more than ${limit} deep here, in \`${unit}\`.`,
  },
  'name/variant-cycle': {
    en: ({ name }) => `\`${name}\` is defined by itself: follow its \`=\` to a model or block with a body.`,
  },
  'name/import-cycle': {
    en: ({ path }) =>
      `\`${path}\` imports this file again, directly or through others; imports may not go round. Move what both need into a third file.`,
  },
  'name/import-file': {
    en: ({ path, trouble }) =>
      `\`${path}\` can’t be imported: ${importTroubles[String(trouble)] ?? 'it can’t be read'}. The path is relative to this file.`,
  },
  'name/not-in-file': {
    en: ({ path, name }) => `\`${path}\` declares no \`${name}\`.`,
  },
  'name/not-in-file.near': {
    en: ({ path, name, near }) => `\`${path}\` declares no \`${name}\`. Did you mean \`${near}\`?`,
  },
  'name/unused.binding': {
    en: ({ name }) => `\`${name}\` is never used.`,
  },
  'name/unused.layer': {
    en: ({ name }) => `The layer \`${name}\` is never used.`,
  },
  'name/unused.input': {
    en: ({ name }) => `The input \`${name}\` is never used.`,
  },
  'name/unused.parameter': {
    en: ({ name }) => `The parameter \`${name}\` is never used.`,
  },
} satisfies MessageTable;
