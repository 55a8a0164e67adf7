/** Packs the built extension into a `.vsix` for this platform: everything is bundled, so no `node_modules` goes in. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dist, modules, root } from './paths.mjs';
import { run } from './process.mjs';
import { filesBelow, hashOf, isStamped, stamp } from './stamp.mjs';

/** The platform as VS Code's marketplace names it. */
export const target = `${process.platform}-${process.arch}`;
export const vsix = join(dist, `modelwright-${target}.vsix`);

/**
 * Packs, unless the same files were packed before.
 * @returns {Promise<{path: string, megabytes: number}>}
 */
export async function packageExtension() {
  const manifest = ['package.json', 'package.nls.json', 'package.nls.zh-cn.json', '.vscodeignore'];
  const parts = [
    ...manifest,
    'README.md',
    'CHANGELOG.md',
    'syntaxes',
    'media',
    'l10n',
    'docs/language',
    'examples',
  ].map((name) => join(root, name));
  const built = filesBelow(dist).filter((path) => /\.(js|css|node)$/.test(path));
  const files = [...parts.flatMap((path) => filesBelow(path)), ...built];
  const mark = join(dist, '.packed');
  const wanted = hashOf({ files });
  if (!existsSync(vsix) || !isStamped(mark, wanted)) {
    await pack();
    stamp(mark, wanted);
  }
  return { path: vsix, megabytes: Math.round(statSync(vsix).size / 1e5) / 10 };
}

async function pack() {
  mkdirSync(dirname(vsix), { recursive: true });
  const args = [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--target',
    target,
    '--out',
    vsix,
  ];
  const done = await run(process.execPath, [join(modules, '@vscode', 'vsce', 'vsce'), ...args], {
    cwd: root,
    capture: true,
  });
  if (done.code !== 0) throw new Error(`vsce ended with ${done.code}:\n${done.out.trim()}`);
}
