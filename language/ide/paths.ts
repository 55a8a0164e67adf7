/** Paths as imports write them: relative, with `/`. Keys of files are paths of the machine, with `/` or `\`. */

/** `./blocks.model`, as `from` would import `to`; undefined where there is no relative way (another drive). */
export function relativePath(from: string, to: string): string | undefined {
  const here = parts(from).slice(0, -1);
  const there = parts(to);
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same++;
  if (same === 0 && here[0] !== there[0]) return undefined;
  const up = here.slice(same).map(() => '..');
  return [...(up.length === 0 ? ['.'] : up), ...there.slice(same)].join('/');
}

/** The file that `path` means in the program `from`, in the form of `from`. */
export function resolvePath(from: string, path: string): string {
  if (isAbsolute(path)) return path;
  const found = parts(from).slice(0, -1);
  for (const part of path.split(/[\\/]/)) {
    if (part === '..' && found.length > 1) found.pop();
    else if (part !== '.' && part !== '..' && part !== '') found.push(part);
  }
  return found.join(from.includes('\\') ? '\\' : '/');
}

/** The last part: `blocks.model`. */
export function baseName(file: string): string {
  return parts(file).at(-1) ?? file;
}

function parts(file: string): string[] {
  return file.split(/[\\/]/);
}

function isAbsolute(path: string): boolean {
  return /^(?:[\\/]|[a-z]:)/i.test(path);
}
