/** The parts of an installation that are plain decisions: pip's configuration, versions, platforms. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { authorization, shown, withoutCredentials } from '../../../trainer/net/address.ts';
import { dataFolder } from '../../../trainer/runtime/folders.ts';
import { packageSources, publicIndex, readIni } from '../../../trainer/runtime/pip-config.ts';
import { fits, whyNoWheel } from '../../../trainer/runtime/platform.ts';
import { compareVersions, isFinal, requirementsOf, satisfies } from '../../../trainer/runtime/versions.ts';

test('the index is the one that pip was told', () => {
  const home = mkdtempSync(join(tmpdir(), 'modelwright-pip-'));
  mkdirSync(join(home, '.config', 'pip'), { recursive: true });
  const file = join(home, '.config', 'pip', 'pip.conf');
  writeFileSync(
    file,
    '[global]\nindex-url = https://one.example/simple\nextra-index-url =\n  https://two.example\n  https://three.example\n[freeze]\nfind-links = /no\n',
  );
  // The machine's own file would win where it says something, so pip is given this one last.
  const env = { HOME: home, PIP_CONFIG_FILE: file };
  expect(packageSources(env, 'linux')).toMatchObject({
    indexes: ['https://one.example/simple', 'https://two.example', 'https://three.example'],
  });
  const own = { ...env, PIP_INDEX_URL: 'https://env.example', PIP_EXTRA_INDEX_URL: '' };
  expect(packageSources(own, 'linux').indexes[0]).toBe('https://env.example');
  expect(packageSources({ ...env, PIP_NO_INDEX: '1', PIP_FIND_LINKS: '/wheels' }, 'linux')).toEqual({
    indexes: [],
    links: ['/wheels'],
  });
  expect(packageSources({ ...env, MODELWRIGHT_PACKAGE_INDEX: 'https://own.example' }, 'linux').indexes).toEqual([
    'https://own.example',
  ]);
  expect(packageSources({ HOME: join(home, 'nobody'), PIP_EXTRA_INDEX_URL: 'x' }, 'win32').indexes).toEqual([
    publicIndex,
    'x',
  ]);
  rmSync(home, { recursive: true });
});

test('keys of a pip file: underscores, comments, sections that do not concern', () => {
  expect(readIni('; c\n[install]\nno_index: true\n# d\n[list]\nindex-url = x\n')).toEqual({ 'no-index': ['true'] });
});

test('credentials of an address are sent and never shown', () => {
  const address = 'https://me:s%20t@host.example/simple';
  expect(authorization(address)).toEqual({ authorization: `Basic ${Buffer.from('me:s t').toString('base64')}` });
  expect(shown(address)).toBe('https://host.example/simple');
  expect(withoutCredentials(address)).not.toContain('me');
  expect(shown('/wheels')).toBe('/wheels');
});

test('versions as the index orders them', () => {
  expect(['2.9.1', '2.21.0', '2.10.0'].sort(compareVersions)).toEqual(['2.9.1', '2.10.0', '2.21.0']);
  expect(isFinal('2.21.0')).toBe(true);
  expect(isFinal('2.22.0rc1')).toBe(false);
  expect(isFinal('2.22.0.dev20260101')).toBe(false);
  expect(satisfies('12.5.3.2', '<13.0,>=12.5.3.2')).toBe(true);
  expect(satisfies('13.0', '<13.0,>=12.5.3.2')).toBe(false);
  expect(satisfies('9.3.1', '==9.3.*')).toBe(true);
  expect(satisfies('9.30', '==9.3.*')).toBe(false);
  expect(satisfies('1.5.2', '~=1.4')).toBe(true);
  expect(satisfies('2.0', '~=1.4')).toBe(false);
  expect(satisfies('2.0', '!=2.0')).toBe(false);
});

test('what a package wants for an extra', () => {
  const metadata =
    'Requires-Dist: numpy>=1.26\nRequires-Dist: nvidia-nccl-cu12 <3.0,>=2.25.1 ; extra == "and-cuda"\nRequires-Dist: nvidia-cuda-nvcc-cu12 (<13.0) ; extra == \'and-cuda\'\n';
  expect(requirementsOf(metadata, 'and-cuda')).toEqual([
    { name: 'nvidia-nccl-cu12', conditions: '<3.0,>=2.25.1' },
    { name: 'nvidia-cuda-nvcc-cu12', conditions: '<13.0' },
  ]);
});

test('wheels that run here', () => {
  const linux = { platform: 'linux', arch: 'x64', glibc: '2.31' };
  expect(fits('manylinux_2_17_x86_64.manylinux2014_x86_64', linux)).toBe(true);
  expect(fits('manylinux_2_34_x86_64', linux)).toBe(false);
  expect(fits('manylinux_2_17_aarch64', linux)).toBe(false);
  expect(fits('manylinux_2_17_aarch64', { ...linux, arch: 'arm64' })).toBe(true);
  expect(fits('musllinux_1_2_x86_64', linux)).toBe(false);
  expect(fits('macosx_12_0_arm64', { platform: 'darwin', arch: 'arm64', glibc: undefined })).toBe(true);
  expect(fits('win_amd64', linux)).toBe(false);
  expect(whyNoWheel(linux)).toBeUndefined();
  expect(whyNoWheel({ platform: 'win32', arch: 'x64', glibc: undefined })).toMatch(/--from=FOLDER/);
});

test('the folder of the user’s data, by platform', () => {
  expect(dataFolder({ HOME: '/h' }, 'linux')).toBe(join('/h', '.local', 'share', 'modelwright'));
  expect(dataFolder({ HOME: '/h', XDG_DATA_HOME: '/x' }, 'linux')).toBe(join('/x', 'modelwright'));
  expect(dataFolder({ HOME: '/h' }, 'darwin')).toBe(join('/h', 'Library', 'Application Support', 'modelwright'));
  expect(dataFolder({ HOME: '/h', LOCALAPPDATA: '/l' }, 'win32')).toBe(join('/l', 'modelwright'));
});
