/** A file from the net, wherever a file is named. */
import { wordOf } from '../checked.ts';
import { source } from '../define.ts';
import { atSetting, refuse } from '../refuse.ts';
import { text } from '../settings.ts';

const SHA256 = /^[0-9a-f]{64}$/iu;

export const download = source('download', {
  doc: 'Stands where a source names a file: fetches it once when a run starts, keeps it, and holds it against its SHA-256 sum. Nothing is fetched while you type; once the file is there, its columns are known like those of any other.',
  source: 'Keras 3 `keras.utils.get_file`',
  examples: [`csv(download("https://example.org/housing.csv", sha256: "${'0123456789abcdef'.repeat(4)}"))`],
  settings: {
    url: text('The address: `https://…`.'),
    sha256: text('The sum of the file’s bytes, so that it is the same file everywhere.', {
      default: null,
      named: true,
    }),
  },
  filesByColumn: false,
  columns(settings) {
    const url = wordOf(settings, 'url');
    const sum = wordOf(settings, 'sha256');
    if (url !== undefined && !/^https?:\/\/[^\s/]+/iu.test(url)) {
      return { columns: undefined, problems: [refuse('data/address', { url }, { at: atSetting('url') })] };
    }
    if (sum !== undefined && !SHA256.test(sum)) {
      return {
        columns: undefined,
        problems: [refuse('data/sum', { length: sum.length }, { at: atSetting('sha256') })],
      };
    }
    return { columns: undefined, problems: [] };
  },
});
