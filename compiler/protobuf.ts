/**
 * Writes protocol buffers: the little that ONNX models, TensorFlow graphs and TensorBoard files need.
 * A message is a list of fields; a field of the type `message` holds another list. Fields with nothing in them are left out.
 */

export type Field =
  | { readonly tag: number; readonly varint: number | bigint }
  | { readonly tag: number; readonly float: number }
  | { readonly tag: number; readonly double: number }
  | { readonly tag: number; readonly text: string }
  | { readonly tag: number; readonly bytes: Uint8Array }
  | { readonly tag: number; readonly message: readonly Field[] };

export const varint = (tag: number, value: number | bigint): Field => ({ tag, varint: value });
export const float = (tag: number, value: number): Field => ({ tag, float: value });
export const double = (tag: number, value: number): Field => ({ tag, double: value });
export const text = (tag: number, value: string): Field => ({ tag, text: value });
export const bytes = (tag: number, value: Uint8Array): Field => ({ tag, bytes: value });
export const message = (tag: number, fields: readonly Field[]): Field => ({ tag, message: fields });

const wire = { varint: 0, fixed64: 1, length: 2, fixed32: 5 } as const;

/** The bytes of a message. */
export function encode(fields: readonly Field[]): Uint8Array {
  const writer = createWriter();
  writeFields(writer, fields);
  return writer.finish();
}

function writeFields(writer: Writer, fields: readonly Field[]): void {
  for (const field of fields) writeField(writer, field);
}

function writeField(writer: Writer, field: Field): void {
  if ('varint' in field) {
    writer.varint((field.tag << 3) | wire.varint);
    writer.varint(field.varint);
  } else if ('float' in field) {
    writer.varint((field.tag << 3) | wire.fixed32);
    writer.float(field.float);
  } else if ('double' in field) {
    writer.varint((field.tag << 3) | wire.fixed64);
    writer.double(field.double);
  } else {
    const content = 'text' in field ? utf8(field.text) : 'bytes' in field ? field.bytes : encode(field.message);
    writer.varint((field.tag << 3) | wire.length);
    writer.varint(content.length);
    writer.raw(content);
  }
}

interface Writer {
  varint(value: number | bigint): void;
  float(value: number): void;
  double(value: number): void;
  raw(data: Uint8Array): void;
  finish(): Uint8Array;
}

function createWriter(): Writer {
  let buffer = new Uint8Array(256);
  let length = 0;
  const room = (n: number): void => {
    if (length + n <= buffer.length) return;
    const larger = new Uint8Array(Math.max(buffer.length * 2, length + n));
    larger.set(buffer.subarray(0, length));
    buffer = larger;
  };
  const number = (value: number, size: 4 | 8): void => {
    room(size);
    const view = new DataView(buffer.buffer);
    if (size === 4) view.setFloat32(length, value, true);
    else view.setFloat64(length, value, true);
    length += size;
  };
  return {
    varint(value) {
      room(10);
      if (typeof value === 'number' && value >= 0 && value < 0x8000_0000) {
        let rest = value;
        while (rest > 127) {
          buffer[length++] = (rest & 127) | 128;
          rest >>>= 7;
        }
        buffer[length++] = rest;
        return;
      }
      let rest = BigInt.asUintN(64, BigInt(value));
      while (rest > 127n) {
        buffer[length++] = Number(rest & 127n) | 128;
        rest >>= 7n;
      }
      buffer[length++] = Number(rest);
    },
    float: (value) => number(value, 4),
    double: (value) => number(value, 8),
    raw(data) {
      room(data.length);
      buffer.set(data, length);
      length += data.length;
    },
    finish: () => buffer.slice(0, length),
  };
}

/** UTF-8 without the text encoder of a platform. */
function utf8(value: string): Uint8Array {
  const out: number[] = [];
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else {
      out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
  }
  return Uint8Array.from(out);
}
