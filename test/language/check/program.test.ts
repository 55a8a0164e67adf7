/** Programs of several files, and what is kept from one check to the next. */
import { expect, test } from 'vitest';
import { createAnalyser } from '../../../language/check/index.ts';
import type { DataHeader, FileResult } from '../../../language/files.ts';
import { render } from '../../../language/messages/render.ts';
import { check } from './check.ts';

const sources = {
  'blocks.model': `block Twice {
  input x: [N]
  output x -> Dense(2 * N)
}
block Broken {
  input x: [N]
  output x -> Dens(3)
}
block Deep {
  input x: [N]
  output x -> Twice -> Twice
}
`,
  'a.model': 'import B from "./b.model"\nblock A {\n  input x: [N]\n  output x -> B\n}\n',
  'b.model': 'import A from "./a.model"\nblock B {\n  input x: [N]\n  output x -> Dense(3)\n}\n',
  'self.model': 'import X from "./self.model"\n',
};

test('units of another file', () =>
  check(
    `
      import Twice, Deep, Broken, Nothing from "./blocks.model"
                                  ^^^^^^^ name/not-in-file: \`./blocks.model\` declares no \`Nothing\`.
      model M {
        input x: float32[3]
        y: [6] = x -> Twice
        z: [11] = x -> Deep
           ^^^^ shape/stated: The shape here is [12], but you wrote [11]: axis 0 is 12, not 11.
        w = x -> Broken
        v = x -> Nothing
        u = x -> Other
                 ^^^^^ name/unknown: There is no \`Other\` here.
        output y
      }
    `,
    { sources },
  ));

test('imports may not go round', () =>
  check(
    `
      import A from "./a.model"
      import X from "./self.model"
                    ^^^^^^^^^^^^^^ name/import-cycle: \`./self.model\` imports this file again, directly or through others; imports may not go round. Move what both need into a third file.
      import C from "./nothing.model"
                    ^^^^^^^^^^^^^^^^^ name/import-file: \`./nothing.model\` can’t be imported: there is no such file. The path is relative to this file.
    `,
    {
      sources: {
        ...sources,
        'self.model': 'import M from "./test.model"\n',
        'test.model': 'import X from "./self.model"\n',
      },
    },
  ));

const three = (first: string) => `block First {
  input x: [N]
  output x -> Dense(${first})
}
block Second {
  input x: [N]
  output x -> First -> relu
}
block Third {
  input x: [N]
  output x -> Dense(5)
}
`;

test('what an edit does not touch is kept, what depends on it is not', () => {
  const analyser = createAnalyser({ source: () => 'missing', header: () => undefined });
  const before = analyser.analyse('a.model', three('3')).declarations;
  const after = analyser.analyse('a.model', three('4')).declarations;
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
  expect(after[2]).toBe(before[2]);
  // A line in front moves everything and changes nothing.
  const moved = analyser.analyse('a.model', `# a comment\n\n${three('4')}`);
  expect(moved.declarations.at(-1)).toBe(after.at(-1));
});

test('a new name is seen by those who lacked it', () => {
  const analyser = createAnalyser({ source: () => 'missing', header: () => undefined });
  const text = 'block A {\n  input x: [N]\n  output x -> B\n}\n';
  expect(analyser.analyse('a.model', text).problems.map((p) => p.code)).toEqual(['name/unknown']);
  const more = `${text}block B {\n  input x: [N]\n  output x -> Dense(3)\n}\n`;
  expect(analyser.analyse('a.model', more).problems).toEqual([]);
});

test('a changed import and a header that becomes known are seen', () => {
  let imported = 'block B {\n  input x: [N]\n  output x -> Dense(3)\n}\n';
  let header: FileResult<DataHeader> | undefined;
  const analyser = createAnalyser({
    source: () => ({ file: 'b.model', text: imported }),
    header: () => header,
  });
  const text = `import B from "./b.model"
data D {
  source: csv("rows.csv")
  a: float32 = height
}
model M {
  input x: float32[2]
  y: [3] = x -> B
  output z = y
}
`;
  const codes = () =>
    analyser.analyse('a.model', text).problems.map((problem) => `${problem.code}: ${render(problem.message)}`);
  expect(codes()).toEqual([]);
  header = {
    ok: true,
    value: {
      kind: 'csv',
      columns: [{ name: 'heigth', type: 'float', missing: 0, sampled: 3, distinct: 3, values: [] }],
    },
  };
  expect(codes()).toEqual(['name/unknown: `rows.csv` has no column `height`; it has `heigth`.']);
  imported = imported.replace('3', '4');
  expect(codes()).toEqual([
    'name/unknown: `rows.csv` has no column `height`; it has `heigth`.',
    'shape/stated: The shape here is [4], but you wrote [3]: axis 0 is 4, not 3.',
  ]);
});
