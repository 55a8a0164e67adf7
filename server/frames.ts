/** Messages on a byte stream: `Content-Length: N`, an empty line, N bytes of JSON. Pieces may come cut anywhere. */

/** Takes pieces of the stream and gives the whole messages in them, in order. What is no JSON is told to `broken`. */
export function createFrames(broken: (text: string) => void): (piece: Uint8Array) => readonly unknown[] {
  let rest = Buffer.alloc(0);
  return (piece) => {
    rest = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
    const messages: unknown[] = [];
    for (;;) {
      const head = rest.indexOf('\r\n\r\n');
      if (head < 0) return messages;
      const length = Number(/content-length: *(\d+)/i.exec(rest.toString('latin1', 0, head))?.[1] ?? Number.NaN);
      if (Number.isNaN(length)) {
        // Not a message: what stands before the empty line is passed over.
        broken(rest.toString('utf8', 0, Math.min(head, 200)));
        rest = rest.subarray(head + 4);
        continue;
      }
      if (rest.length < head + 4 + length) return messages;
      const text = rest.toString('utf8', head + 4, head + 4 + length);
      rest = rest.subarray(head + 4 + length);
      try {
        messages.push(JSON.parse(text));
      } catch {
        broken(text.slice(0, 200));
      }
    }
  };
}

export function frame(message: object): string {
  const text = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}
