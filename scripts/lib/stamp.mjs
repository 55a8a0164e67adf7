/** Stamps: a step that was done for exactly these inputs is not done again. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** All files below a folder (or the file itself), sorted. Names in `skip` are left out wherever they stand. */
export function filesBelow(path, skip = new Set(['node_modules', '.out', 'dist'])) {
  if (!existsSync(path)) return [];
  const found = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (skip.has(entry.name)) continue;
      const full = join(folder, entry.name);
      if (entry.isDirectory()) walk(full);
      else if (entry.isFile()) found.push(full);
    }
  };
  try {
    walk(path);
  } catch (error) {
    if (error.code !== 'ENOTDIR') throw error;
    found.push(path);
  }
  return found.sort();
}

/**
 * One hash over texts and over the names and contents of files.
 * @param {{files?: readonly string[], texts?: readonly string[]}} inputs
 */
export function hashOf({ files = [], texts = [] }) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Whether the stamp at this path says so. */
export function isStamped(path, value) {
  return existsSync(path) && readFileSync(path, 'utf8') === value;
}

/** Writes the stamp. */
export function stamp(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, value);
}
