/** The façade of the files room: what a program's files hold. */
export { createDisk, createFiles, type Disk, type DiskOptions } from './disk.ts';
export { cacheFolder, downloadFolder } from './downloads.ts';
export { listFolder } from './folder.ts';
export { type FolderName, findFile, folderNames } from './folder-names.ts';
export { dataPaths, importPath, isShare, type PathRules } from './paths.ts';
export { createPrograms, type Programs } from './programs.ts';
