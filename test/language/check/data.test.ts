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
                      ^^^^^^ name/unknown: \`penguins.csv\` has no column \`specis\`; it has \`species\`.
                        * Change to species
        bill: int32 = bill
              ^^^^^ data/conversion: Decimal numbers (float32[]) would lose their fractions as int32: state float32, or sort them into numbered buckets with \`Bucketize\`.
        year: float32 = year
        x: float32[2] = stack(bill, year) -> Normalize
        adelie: float32 = species == "Adelie"
        y: float32 = species
           ^^^^^^^ data/conversion: The column is text (string[]), and text is no float32: number it with \`Index\` or \`OneHot\`, or compare it (\`== "yes"\`).
        z: float32
        ^ data/no-column: \`penguins.csv\` has no column \`z\`. It has species, bill, year.
        species: int32 = species -> Index
        w: float32 = species
        v: float32[3] = species -> OneHot
        u: int32 = year - 2007
           ^^^^^ data/conversion: Decimal numbers (float32[]) would lose their fractions as int32: state float32, or sort them into numbered buckets with \`Bucketize\`.
        t: uint8 = year
           ^^^^^ data/conversion: Decimal numbers (float32[]) would lose their fractions as uint8: state float32, or sort them into numbered buckets with \`Bucketize\`.
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
                    ^^^^ data/share: \`validation\` is a share of the rows between 0% and 100%, like \`10%\`, or a number of rows from 100 on, like \`5_000\`, but is 120%.
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

test('cells that are empty, and a text among numbers', () =>
  check(
    `
      data D {
        source: csv("gaps.csv")
        size: float32
        ^^^^ data/missing-cells: \`size\` has empty cells (1 of the 40 rows looked at, the first in row 9), and a number is needed in each row: fill them, leave these rows out, or pick rows with \`keep:\`.
          * Put \`fill(median)\` in front
          * Put \`drop\` in front
        a: int32 = age
                   ^^^ data/missing-cells: \`age\` has empty cells (2 of the 40 rows looked at, the first in row 7), and a number is needed in each row: fill them, leave these rows out, or pick rows with \`keep:\`.
                     * Put \`fill(mode)\` in front
                     * Put \`drop\` in front
        b: float32[2] = stack(id, age) -> Normalize
                                  ^^^ data/missing-cells
        c: float32 = age / 100
                     ^^^ data/missing-cells
        d: float32 = age -> clip(0..50)
                            ^^^^ data/missing-cells
        e: int32 = age -> fill(0)
        f: float32[2] = stack(id, age -> fill(median)) -> Normalize
        h: float32 = (age -> fill(mean)) / 100
        i: int32 = age -> fill(0.5)
           ^^^^^ data/conversion: Decimal numbers (float32[]) would lose their fractions as int32: state float32, or sort them into numbered buckets with \`Bucketize\`.
        j: float32 = age -> fill(oops)
                                 ^^^^ data/fill: The column has numbers, so an empty cell is filled with a number, \`mean\`, \`median\` or \`mode\`, but got \`oops\`.
        k: int32 = kind -> fill(mean) -> Index
                                ^^^^ data/fill: Texts have no mean: fill them with \`mode\` (the most frequent one) or with a text, like \`fill("unknown")\`.
        l: float32 = price
           ^^^^^^^ data/conversion: \`price\` has the text "n.a." in row 17 among its numbers, and text is no float32: mend that cell, or name what stands for an empty one, \`missing: ["n.a."]\`.
        m: float32 = price / 2
                     ^^^^^ data/text-in-numbers: \`price\` has the text "n.a." in row 17 among its numbers, so all of it counts as text: mend that cell, or name what stands for an empty one, \`missing: ["n.a."]\`.
        n: float32 = price -> Normalize
                              ^^^^^^^^^ data/text-in-numbers
        o: int32 = price -> Index
      }
      data Kept {
        source: csv("gaps.csv")
        keep: age > 0
        a: int32 = age
      }
      data Dropped {
        source: csv("gaps.csv")
        a: int32 = age -> drop
        b: float32 = size
        c: float32 = age / 100
      }
    `,
    world,
  ));

test('rows of many lengths and sizes', () =>
  check(
    `
      data Texts(length: int = 20) {
        source: csv("gaps.csv")
        a: int32[length] = kind -> Words(1_000, length: length)
        b: int32[length] = kind -> lower -> Words(1_000)
                ^^^^^^^^ data/unsized: Texts have many lengths, and \`Words\` without \`length:\` leaves them so, but the field is [20]: say how long each row gets.
                  * Set \`length: length\`
        c: int32[T] = kind -> Words(1_000)
        d: string[4] = kind -> split
                 ^^^ data/unsized: Texts have many lengths, and \`split\` without \`length:\` leaves them so, but the field is [4]: say how long each row gets.
                   * Set \`length: 4\`
        e: int32[8] = kind -> characters(length: 9) -> Index
                ^^^ shape/stated: The shape here is [9], but you wrote [8]: axis 0 is 9, not 8.
      }
      data Pictures {
        source: folder("flowers")
        a: float32[64, 64, 3] = file -> decodeImage -> scale(0..255, 0..1)
                  ^^^^^^^^^^^ data/unsized: The pictures have different sizes (64 × 48 and 32 × 32, for example), but the field is [64, 64, 3]: bring them to one with \`resize\` behind \`decodeImage\`.
                    * Put \`resize(64, 64)\` behind it
        b: float32[64, 64, 3] = file -> decodeImage -> resize(64, 64) -> scale(0..255, 0..1)
        c: uint8[64, 64, 1] = file -> decodeImage(channels: 3) -> resize(64, 64)
                ^^^^^^^^^^^ shape/stated: The shape here is [64, 64, 3], but you wrote [64, 64, 1]: axis 2 is 3, not 1.
        wave: float32[100] = file -> decodeAudio -> fit(100)
                                     ^^^^^^^^^^^ data/not-decodable: These files are pictures: read them with \`decodeImage\`.
        kind: int32 = folder -> Index
        chances: float32[4] = folder -> OneHot
                        ^^^ shape/stated: The shape here is [5], but you wrote [4]: axis 0 is 5, not 4.
      }
      data Icons {
        source: folder("icons")
        a: uint8[16, 16, 3] = file -> decodeImage
                ^^^^^^^^^^^ shape/stated: The shape here is [32, 32, ?], but you wrote [16, 16, 3]: axis 0 is 32, not 16.
                  * Put \`resize(16, 16)\` behind it
                  * Change to [32, 32, 3]
        b: uint8[32, 32, 3] = file -> decodeImage
        c: uint8[32, 32, 1] = file -> decodeImage
      }
      data Sounds {
        source: folder("sounds", parts: [digit, speaker])
        wave: float32[8000] = file -> decodeAudio
                     ^^^^^^ data/unsized: Sounds have many lengths, but the field is [8000]: bring them to one with \`fit\` behind \`decodeAudio\`.
                       * Put \`fit(8000)\` behind it
                                      ^^^^^^^^^^^ warning data/unlike-rates
        fine: float32[8000] = file -> decodeAudio(rate: 8_000) -> fit(8_000)
        digit: int32
        test: speaker == "ann"
      }
    `,
    world,
  ));

test('sources: settings and files that do not fit', () =>
  check(
    `
      data A {
        source: folder("empty-folder", files: "*.png")
                                              ^^^^^^^ data/empty-folder: No file in \`empty-folder\` fits \`*.png\`; the first one there is \`notes.txt\`.
      }
      data B {
        source: csv("gaps.csv", separator: "ab", columns: [a, b])
                                           ^^^^ data/separator: A separator is one sign, like \`","\` or \`";"\`, but got \`ab\`.
      }
      data C {
        source: npy(a: "images")
                       ^^^^^^^^ data/wrong-format: This file should be of the form npy, but it looks like idx.
      }
      data D {
        source: sql("delete from houses", houses: "gaps.csv")
                    ^^^^^^^^^^^^^^^^^^^^ data/query: The query of \`sql\` is a \`select\`: it reads rows and changes nothing.
      }
      data E {
        source: csv(download("ftp://example.org/a.csv", sha256: "12"))
                             ^^^^^^^^^^^^^^^^^^^^^^^^^ data/address: An address begins with \`https://\`, but got \`ftp://example.org/a.csv\`.
        anything: float32 = anything
      }
      data F {
        source: csv(download("https://example.org/a.csv", sha256: "12"))
                                                                  ^^^^ data/sum: A SHA-256 sum has 64 hexadecimal digits, but this has 2 signs: take it from \`sha256sum FILE\`.
      }
      data G {
        source: download("https://example.org/a.csv")
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ data/source-form
      }
      data H {
        source: csv("gaps.csv")
        a: float32 = column("id") / 2
        b: float32 = column("idd")
                            ^^^^^ data/no-column: \`gaps.csv\` has no column \`idd\`; it has \`id\`.
                              * Change to "id"
        c: float32 = column(3)
                            ^ data/column-name
      }
    `,
    world,
  ));

test('parts, conditions and the other keys', () =>
  check(
    `
      data A {
        source: csv("gaps.csv")
        id: int32
        validation: kind == "a"
        test: id + 1
              ^^^^^^ data/condition: \`test\` takes a condition that is true or false for each row, like \`age > 0\`, but this is int32[].
        keep: id > 3 and kind != "b"
        deduplicate: [kind, ide]
                            ^^^ name/unknown
        balance: kind
        weight: id
        cache: memory
      }
      data B {
        source: csv("gaps.csv")
        k: int32 = kind -> Index
        size: float32 = size -> fill(0)
        validation: 60%
        test: 40%
              ^^^ data/no-training-rows: Validation and test take 100% of the rows, so none is left to train on.
        balance: size
                 ^^^^ data/balance
        weight: kind
                ^^^^ data/weight: \`weight\` takes a field with one number for each row, but this is string[].
        cache: disc
               ^^^^ argument/word
        keep: 3
              ^ data/condition
      }
      data C {
        source: csv("gaps.csv")
        validation: 1%
                    ^^ warning data/empty-part: This share of 40 rows is less than half a row, so \`validation\` has none: take a larger share.
        test: share(10%, by: kind, stratify: id)
      }
      data D {
        source: csv("gaps.csv")
        validation: share(2, stratify: size, bye: kind)
                          ^ data/share
                                       ^^^^ data/stratify
                                             ^^^ argument/unknown
      }
      data Sst(part: string = "a") {
        source: csv("{part}.csv")
        label: int32 = label
        validation: Sst("b")
        test: C
              ^ data/part-fields: \`C\` has no field label: the rows of another data set stand in for rows of this one, so it needs the same fields.
      }
    `,
    world,
  ));

test('augmentations leave a field what it is', () =>
  check(
    `
      data D {
        source: npy(images: "pictures", masks: "masks", sounds: "waves", labels: "numbers")
        image: float32[32, 32, 3] = images
        mask: int32[32, 32] = masks
        wave: float32[8000] = sounds
        label: int32 = labels
        augment: [
          (image, mask) -> flip -> rotate(15) -> zoom(0.9..1.1),
          image -> pad(4) -> crop(32, 32) -> hue(0.1),
          image -> crop(28, 28),
                   ^^^^^^^^^^^^ data/augment-shape: Augmented, \`image\` would be float32[28, 28, 3], but it is float32[32, 32, 3]: what is done to training rows may not change what the field is.
          mask -> brightness(0.2),
                  ^^^^^^^^^^ data/augment-numbers
          wave -> shift(100) -> stretch(0.9..1.1) -> noise(0.01),
          wave -> flip,
                  ^^^^ shape/rank: \`flip\` works on pictures, \`[height, width]\` or \`[height, width, channels]\`, but gets [8000], which has 1 axis.
          (image, label) -> mixup,
                            ^^^^^ data/augment-numbers
          image -> crop(40, 40),
                        ^^ shape/crop
          images -> flip,
          ^^^^^^ data/augment-field: Augmentations change a field of this data, by its name, and \`images\` is none.
          image -> flipp,
                   ^^^^^ name/unknown: There is no \`flipp\` here. Did you mean \`flip\`?
          wave -> stretch(-1..1),
                          ^^^^^ data/factors
        ]
      }
    `,
    world,
  ));

test('what labels show of their classes', () =>
  check(
    `
      data D {
        source: csv("gaps.csv")
        id: float32
        kind: int32 = kind -> Index
        shuffle: false
        validation: 20%
      }
      model M {
        input id: float32
        output wide = id -> expand -> Dense(5)
      }
      model N {
        input id: float32
        output narrow = id -> expand -> Dense(2)
                                        ^^^^^^^^ loss/labels: \`crossEntropy\` has scores for 2 classes (0 to 1), but the labels run from 0 to 2.
      }
      train M on D {
        loss: crossEntropy(wide, kind)
                           ^^^^ hint data/unused-classes: There are scores for 5 classes, but the labels have 3 (0 to 2): no row teaches the others.
                                 ^^^^ warning data/sorted-classes: The rows stand class by class (3 of them) and are not shuffled: each batch has rows of one class, and a share from the end has classes that training never sees. Take \`shuffle: false\` out.
                                 ^^^^ information data/unlike-classes: The 3 classes have very different numbers of rows: 30 of "a", 2 of "c". Accuracy is high for whoever always answers the frequent ones; look at \`f1\`, or weigh the loss with \`classWeights:\`.
        batch: 64
               ^^ hint data/few-rows: The training part has 32 rows, fewer than one batch of 64: each epoch is a single step.
      }
      train N on D {
        loss: crossEntropy(narrow, kind)
      }
    `,
    { ...world, hints: true },
  ));

test('numbers that are compared: told only where every row was looked at', () => {
  const column = (name: string, whole: boolean) => ({
    name,
    type: 'int' as const,
    missing: 0,
    sampled: 40,
    distinct: 3,
    range: [3, 10] as const,
    values: ['3', '8', '10'],
    classes: {
      count: 3,
      whole,
      rows: 40,
      most: { name: '8', rows: 20 },
      least: { name: '3', rows: 5 },
      names: ['10', '3', '8'],
      sorted: false,
    },
  });
  check(
    `
      data D {
        source: csv("wine.csv")
        a: float32 = quality == 12
                                ^^ warning data/no-such-text: No row has 12 in \`quality\`, so this is the same for all of them; there are \`3\`, \`8\`, \`10\`.
        b: float32 = quality == 10
        c: float32 = quality == 10.5
                                ^^^^ warning data/no-such-text
        d: float32 = part == 12
        e: float32 = quality > 12
        f: float32 = quality / 2 == 12
      }
    `,
    { headers: { 'wine.csv': { kind: 'csv', rows: 40, columns: [column('quality', true), column('part', false)] } } },
  );
});

test('texts that are compared, and columns of the name of a transform', () =>
  check(
    `
      data D {
        source: csv("kinds.csv")
        a: float32 = kind == "yse"
                             ^^^^^ warning data/no-such-text: No row has "yse" in \`kind\`, so this is the same for all of them; there are \`no\`, \`yes\`.
                               * Change to "yes"
        b: float32 = kind == "yes"
        c: float32 = kind
           ^^^^^^^ data/conversion
             * Compare it: \`== "yes"\`
        d: int32 = kind
           ^^^^^ data/conversion
             * Put \`Index\` behind it
        e: float32[2] = kind
           ^^^^^^^ data/conversion
             * Put \`OneHot\` behind it
        kind: float32
              ^^^^^^^ data/conversion
                * Compare it: \`== "yes"\`
      }
      data Names {
        source: text("text.txt")
        letters: int32[8] = lines -> characters(length: 8) -> Index
        one: int32 = characters -> Index
      }
      model M {
        input one: int32
        output y = one -> Embedding(39, 4) -> Dense(1) -> squeeze
      }
      train M on Names {
                 ^^^^^ shape/table: In \`M\`: \`Embedding\` has 39 rows (0 to 38), but the numbers looked up run from 0 to 39.
        loss: mse(y, 0.5)
      }
    `,
    world,
  ));

test('what a column holds is not known of rows that are picked', () =>
  check(
    `
      data Picked {
        source: csv("gaps.csv")
        kind: int32 = kind -> Index
        id: float32
        keep: kind != "c"
      }
      data Dropped {
        source: csv("gaps.csv")
        kind: int32 = kind -> Index
        id: float32 = id
        age: float32 = age -> drop
      }
      data All {
        source: csv("gaps.csv")
        kind: int32 = kind -> Index
        id: float32
      }
      model M {
        input id: float32
        output y = id -> expand -> Dense(2)
                                   ^^^^^^^^ loss/labels
      }
      train M on Picked as a { loss: crossEntropy(y, kind) }
      train M on Dropped as b { loss: crossEntropy(y, kind) }
      train M on All as c { loss: crossEntropy(y, kind) }
    `,
    world,
  ));

test('habits from elsewhere', () =>
  check(
    `
      data A {
        source: "rows.csv"
                ^^^^^^^^^^ data/source-form: A source says how its file is read: \`csv("rows.csv")\`.
                  * Change to csv("rows.csv")
      }
      data B {
        source: csv(rows.csv)
                    ^^^^^^^^ data/file-quotes: The name of a file stands in quotes: \`"rows.csv"\`.
                      * Change to "rows.csv"
        x: float32 = anything
      }
      data C {
        source: idx(images: "images", labels: "labels")
        a: float32[28, 28] = images -> scale(1 / 255)
                                             ^^^^^^^ argument/kind: \`from\` of \`scale\` is a range, like \`0..1\`, but got 0.00392156862745098.
        b: float32[784] = images -> Flatten
                                    ^^^^^^^ name/in-models: \`Flatten\` works in a model, not in \`data\`: let the field flow into it there.
        c: float32 = mean(images)
                     ^^^^ name/in-models
        d: int32[10] = labels -> OneHot
           ^^^^^ data/conversion
             * Change to float32
        e: uint8[28, 28] = images -> rotate(15)
                                     ^^^^^^ name/in-augment: \`rotate\` changes training rows by chance: it stands in \`augment:\`, like \`augment: image -> rotate\`.
        f: uint8[8, 8, 1] = images -> expand -> resize((8, 8))
                                                       ^^^^^^ argument/kind
        g: uint8[28, 28] = images
        augment: g -> RandomFlip -> RandomErasing
                      ^^^^^^^^^^ name/unknown: There is no \`RandomFlip\` here. Did you mean \`flip\`?
                        * Change to flip
                                    ^^^^^^^^^^^^^ name/unknown: There is no \`RandomErasing\` here. Did you mean \`erase\`?
                                      * Change to erase
      }
      data D {
        source: csv("kinds.csv")
        a: float32 = kind == yes
                             ^^^ name/unknown: A text stands in quotes: \`"yes"\` is a value of \`kind\`.
                               * Change to "yes"
      }
      model M {
        input a: float32[4]
        output y = a -> parseDate(month) -> Dense(1)
                        ^^^^^^^^^ name/in-data: \`parseDate\` prepares rows in \`data\`, and is no layer of a model.
      }
    `,
    world,
  ));

test('a plain query tells its columns', () =>
  check(
    `
      data A {
        source: sql("select species, bill as length from birds where year > 2007", birds: "penguins.csv")
        kind: int32 = species -> Index
        length: float32
        year: float32 = year
                        ^^^^ name/unknown: There is no \`year\` here.
      }
      data B {
        source: sql("select * from birds", birds: "penguins.csv")
        year: float32
        bill: int32
              ^^^^^ data/conversion
      }
      data C {
        source: sql("select wings from birds", birds: "penguins.csv")
                    ^^^^^^^^^^^^^^^^^^^^^^^^^ data/no-column: The source has no column \`wings\`.
      }
      data D {
        source: sql("select year from bird", birds: "penguins.csv")
                    ^^^^^^^^^^^^^^^^^^^^^^^ data/query: The query reads \`bird\`, but the tables here are birds: each file is named as the query calls it.
      }
      data E {
        source: sql("select avg(bill) as mean, count(*) from birds group by species", birds: "penguins.csv")
        mean: float32
      }
    `,
    world,
  ));
