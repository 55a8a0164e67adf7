/** Small made-up wheels, and an index that serves them by HTTP as badly as a test wants. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

export type Files = Readonly<Record<string, string | Buffer>>;

/** A zip file of stored members. */
export function zip(files: Files): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = Buffer.from(content);
    const path = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, path, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, rest, path]));
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, directory, Buffer.from('PK\u0005\u0006'), end]);
}

/** A wheel with its RECORD; `wrong` members have another checksum there than they should. */
export function wheel(name: string, version: string, files: Files, wrong: readonly string[] = []): Buffer {
  const folder = `${name}-${version}.dist-info`;
  const record = Object.entries(files).map(([path, content]) => {
    const sum = createHash('sha256')
      .update(wrong.includes(path) ? 'other' : content)
      .digest('base64url');
    return `${path},sha256=${sum},${content.length}`;
  });
  return zip({ ...files, [`${folder}/RECORD`]: `${record.join('\n')}\n${folder}/RECORD,,\n` });
}

export const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

/** Bytes that look like a library. */
export function bytes(length: number, seed: number): Buffer {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  };
  return Buffer.from(Uint8Array.from({ length }, next));
}

export interface Served {
  readonly file: string;
  readonly data: Buffer;
  /** What the index says. */
  readonly sha256?: string;
}

export interface Index {
  readonly address: string;
  /** What was asked, "GET /files/x.whl bytes=10-". */
  readonly asked: string[];
  close(): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse, served: Served, times: number) => void;

/** Sends what is asked for, from the start or the asked place on. */
export const honest: Answer = (request, response, { data }) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const headers = { etag: '"one"', 'content-length': data.length - from };
  response.writeHead(from === 0 ? 200 : 206, headers);
  response.end(data.subarray(from));
};

/** An index with these packages as JSON (or as a page of links); `answer` serves the files. */
export async function serve(
  packages: Readonly<Record<string, readonly Served[]>>,
  { answer = honest, page = false }: { readonly answer?: Answer; readonly page?: boolean } = {},
): Promise<Index> {
  const asked: string[] = [];
  const times = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    const range = request.headers.range;
    asked.push(`${request.method} ${path}${range === undefined ? '' : ` ${range}`}`);
    const served = Object.values(packages)
      .flat()
      .find(({ file }) => path === `/files/${file}`);
    if (served) {
      const before = times.get(path) ?? 0;
      times.set(path, before + 1);
      answer(request, response, served, before);
      return;
    }
    const list = packages[/^\/simple\/([^/]+)\/$/.exec(path)?.[1] ?? ''];
    if (!list) {
      response.writeHead(404).end();
      return;
    }
    const sum = ({ data, sha256: said }: Served): string => said ?? sha256(data);
    if (page) {
      const links = list.map((each) => `<a href="../../files/${each.file}#sha256=${sum(each)}">${each.file}</a>`);
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><body>${links.join('\n')}</body></html>`);
      return;
    }
    const files = list.map((each) => ({
      filename: each.file,
      url: `../../files/${each.file}`,
      hashes: { sha256: sum(each) },
    }));
    response.writeHead(200, { 'content-type': 'application/vnd.pypi.simple.v1+json' });
    response.end(JSON.stringify({ files }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/simple`,
    asked,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
