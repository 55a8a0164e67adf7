/** Files that are named by an address, and pictures that `cutmix` needs: where it is told. */
import { test } from 'vitest';
import { check } from './check.ts';

test('a download stands where a file is named, and nowhere else', () =>
  check(`
    data A {
      source: csv(download("https://example.org/a.csv", sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information data/not-fetched
      anything: float32 = anything
    }
    data B {
      source: folder(download("https://example.org/a.zip"))
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ data/download-place: \`download\` gives one file, but \`path\` of \`folder\` is none: write it where a source names a file, like \`csv(download("https://…"))\`.
    }
    data C {
      source: csv("c.csv", separator: download("https://example.org/a.csv"))
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ data/download-place
    }
    data D {
      source: idx(images: download("https://example.org/a.gz"), labels: download("https://example.org/b.gz"))
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information data/not-fetched
                                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information data/not-fetched
      images: float32[28, 28] = images
    }
  `));

test('what is not fetched yet is told once a file, where it stands', () =>
  check(
    `
      data A {
        source: sql("select a from left", left: download("https://example.org/a.csv"))
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information data/not-fetched: \`a.csv\` was not fetched from https://example.org/a.csv yet: that is done when a run starts, and its columns are known from then on.
        a: float32 = a
      }
    `,
    { hints: true },
  ));

test('cutmix without a picture in its flow', () =>
  check(`
    data A {
      source: folder("photos")
      image: float32[32, 32, 3] = file -> decodeImage -> resize(32, 32) -> scale(0..255, 0..1)
      kind: float32[3] = folder -> OneHot
      augment: kind -> cutmix
                       ^^^^^^ data/cutmix-picture: \`cutmix\` cuts a rectangle out of a picture, but \`kind\` is none: let the picture flow along, like \`(image, kind) -> cutmix\`.
                       * Change to (image, kind) -> cutmix
    }
    data B {
      source: csv("a.csv")
      a: float32[2] = stack(b, c)
      augment: a -> cutmix(alpha: 0.5)
                    ^^^^^^ data/cutmix-picture: \`cutmix\` cuts a rectangle out of a picture, but \`a\` is none and this data has none: \`mixup\` mixes rows of any kind.
    }
    data C {
      source: folder("photos")
      image: float32[32, 32, 3] = file -> decodeImage -> resize(32, 32) -> scale(0..255, 0..1)
      kind: float32[3] = folder -> OneHot
      augment: (kind, image) -> cutmix
    }
  `));
