/** Which wheels fit this machine. Libraries of a wheel do not depend on the Python that it was made for. */

export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** Of the C library, "2.36"; undefined where it is another (musl) or the platform has none. */
  readonly glibc: string | undefined;
}

export function thisMachine(): Machine {
  const report: unknown = process.platform === 'linux' ? process.report?.getReport() : undefined;
  return { platform: process.platform, arch: process.arch, glibc: glibcOf(report) };
}

function glibcOf(report: unknown): string | undefined {
  if (typeof report !== 'object' || report === null || !('header' in report)) return undefined;
  const { header } = report;
  if (typeof header !== 'object' || header === null || !('glibcVersionRuntime' in header)) return undefined;
  return String(header.glibcVersionRuntime);
}

/** Why no wheel can be used here, or undefined. */
export function whyNoWheel({ platform, arch, glibc }: Machine): string | undefined {
  if (platform === 'win32') {
    return 'The TensorFlow wheels for Windows hold no library with a C API. Get libtensorflow for Windows as a zip file from tensorflow.org, unpack it, and give its folder: --from=FOLDER. A GPU of any vendor is used by the default engine there.';
  }
  if (platform === 'darwin' && arch !== 'arm64') {
    return `There are no TensorFlow wheels for Macs with Intel processors since 2.17. The default engine trains here.`;
  }
  if (platform === 'linux' && glibc === undefined) {
    return 'TensorFlow’s wheels need the GNU C library, and this system has another one (musl).';
  }
  const known = platform === 'darwin' || (platform === 'linux' && (arch === 'x64' || arch === 'arm64'));
  return known ? undefined : `There are no TensorFlow wheels for ${platform} ${arch}.`;
}

/** True for a platform tag of a wheel that runs here. */
export function fits(tag: string, { platform, arch, glibc }: Machine): boolean {
  if (tag === 'any') return true;
  if (platform === 'darwin') return /^macosx_.*_(arm64|universal2)$/.test(tag) && arch === 'arm64';
  if (platform !== 'linux' || glibc === undefined) return false;
  const processor = arch === 'arm64' ? 'aarch64' : 'x86_64';
  // `manylinux_2_17_x86_64.manylinux2014_x86_64`: any of these may fit.
  return tag.split('.').some((each) => {
    if (!each.endsWith(`_${processor}`)) return false;
    const [, major, minor] = /^manylinux_(\d+)_(\d+)_/.exec(each) ?? [];
    if (major === undefined || minor === undefined) return /^manylinux(1|2010|2014)_/.test(each);
    const [ownMajor = 0, ownMinor = 0] = glibc.split('.').map(Number);
    return ownMajor > Number(major) || (ownMajor === Number(major) && ownMinor >= Number(minor));
  });
}
