/** Files as tests have them: other programs and headers of data by their paths. */
import type { DataHeader, Files } from '../../../language/files.ts';

export interface World {
  /** Other `.model` files by path. */
  readonly sources?: Readonly<Record<string, string>>;
  /** Headers of data files by path; others are missing. */
  readonly headers?: Readonly<Record<string, DataHeader>>;
  /** Report hints, too. */
  readonly hints?: boolean;
}

export function filesOf(world: World): Files {
  return {
    source(_from, path) {
      const name = path.replace(/^\.\//u, '');
      const text = world.sources?.[name];
      return text === undefined ? 'missing' : { file: name, text };
    },
    header(_from, path) {
      const value = world.headers?.[path];
      return value ? { ok: true, value } : { ok: false, trouble: 'missing', path };
    },
  };
}
