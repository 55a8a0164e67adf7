/** Data sections: sources, columns, fields, keys. */
import { test } from 'vitest';
import { check } from './check.ts';
import { world } from './world.ts';

test('fields are made of columns', () =>
  check(
    `
      data P {
        source: csv("penguins.csv")
        kind: int32 = specis -> Index
                      ^^^^^^ name/unknown: There is no \`specis\` here. Did you mean \`species\`?
                        * Change to species
        bill: int32 = bill
              ^^^^^ data/conversion: Decimal numbers (float32[]) would lose their fractions as int32: round them first, or state float32.
        year: float32 = year
        x: float32[2] = stack(bill, year) -> Normalize
        adelie: float32 = species == "Adelie"
        y: float32 = species
           ^^^^^^^ data/conversion: The column is text (string[]), and text is no float32: number it with \`Index\` or \`OneHot\`, or compare it (\`== "yes"\`).
        z: float32
        ^ data/no-column: The source has no column \`z\`.
        species: int32 = species -> Index
        w: float32 = species
        v: float32[3] = species -> OneHot
        u: int32 = year - 2007
           ^^^^^ data/conversion: Decimal numbers (float32[]) would lose their fractions as int32: round them first, or state float32.
        t: uint8 = year
           ^^^^^ data/conversion: Decimal numbers (float32[]) would lose their fractions as uint8: round them first, or state float32.
      }
    `,
    world,
  ));

test('keys of a data section', () =>
  check(
    `
      data P {
        source: csv("penguins.csv")
        bill: float32
        validation: 120%
                    ^^^^ data/share: \`validation\` is a share of the rows between 0% and 100%, like \`10%\`, but is 1.2.
        shufle: false
        ^^^^^^ data/unknown-key: A data section has no key \`shufle\`. Did you mean \`shuffle\`?
          * Change to shuffle
        seed: 1.5
              ^^^ data/seed: \`seed\` is a whole number of at least 0, but got 1.5.
        seed: 3
        ^^^^ data/key-twice: \`seed\` is given twice.
          | 6:3 \`seed\` is first bound here
        shuffle: 3
                 ^ argument/kind: \`shuffle\` of \`data\` is \`true\` or \`false\`, but got 3.
      }
      data Q {
           ^ data/no-source: \`Q\` has no \`source:\`, so it has no rows: name its files, for example \`source: csv("rows.csv")\`.
        bill: float32 = bill
      }
      data R {
        source: cvs("penguins.csv")
                ^^^ data/unknown-source: There is no source \`cvs\`. Did you mean \`csv\`?
                  * Change to csv
        bill: float32 = bill
      }
      data S {
        source: idx("images")
                    ^^^^^^^^ data/unnamed-file: Each file of \`idx\` needs the name of its column: \`idx(images: "…")\`.
      }
      data T {
        source: idx(images: 3)
                            ^ data/file-name: The file of \`images\` is a text in quotes, but got 3.
        a: float32 = images
      }
      data U {
        source: penguins
                ^^^^^^^^ data/unknown-source: There is no source \`penguins\`.
      }
    `,
    world,
  ));

test('shapes of files', () =>
  check(
    `
      data D(part: string = "labels") {
        source: idx(images: "images", labels: "fewer-{part}")
                                              ^^^^^^^^^^^^^^ data/unequal-rows: \`labels\` has 50000 rows, but \`images\` has 60000: they must belong together row by row.
        image: float32[28, 28, 1] = images -> scale(0..255, 0..1)
                      ^^^^^^^^^^^ shape/stated: The shape here is [28, 28], but you wrote [28, 28, 1], which has another number of axes.
                        * Put \`expand\` behind it
                        * Change to [28, 28]
        other: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
        label: int32 = label
                       ^^^^^ name/unknown: There is no \`label\` here. Did you mean \`labels\`?
                         * Change to labels
        text: float32 = labels -> lower
                                  ^^^^^ type/text: \`lower\` needs texts (string), but gets uint8[].
        half: float32 = "a{nothing}b"
                        ^^^^^^^^^^^^^ data/not-a-column: A field is made of columns, but this is a text.
                           ^^^^^^^ name/unknown-insert: \`nothing\` is no parameter of this declaration, so it can’t be put into a text.
      }
    `,
    world,
  ));

test('a file that is not there lets every name pass', () =>
  check(
    `
      data D(part: string) {
        source: idx(images: "{part}-images", labels: "nowhere")
        image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
        label: int32 = labels
        other: float32[2] = stack(a, b)
        wrong: float32 = images -> scael(0..1, 0..1)
                                   ^^^^^ name/unknown: There is no \`scael\` here. Did you mean \`scale\`?
      }
    `,
    world,
  ));

test('text', () =>
  check(
    `
      data Text(context: int = 16) {
        source: text("text.txt")
        window: int32[context + 1] = characters -> Index -> windows(context + 1)
        tokens: int32[context] = window[..-1]
        next: int32[context] = window[1..]
        wrong: int32[context] = window
                    ^^^^^^^^^ shape/stated: The shape here is [17], but you wrote [16]: axis 0 is 17, not 16.
        validation: 10%
      }
    `,
    world,
  ));
