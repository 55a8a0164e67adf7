/** Protocol buffers against the encoding's own examples. */
import { expect, test } from 'vitest';
import { protobuf } from '../../compiler/index.ts';

const { bytes, double, encode, float, message, text, varint } = protobuf;
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');

test('numbers, text and messages as the encoding’s documentation writes them', () => {
  expect(hex(encode([varint(1, 150)]))).toBe('089601');
  expect(hex(encode([text(2, 'testing')]))).toBe('120774657374696e67');
  expect(hex(encode([message(3, [varint(1, 150)])]))).toBe('1a03089601');
});

test('large, negative and long numbers', () => {
  expect(hex(encode([varint(1, 2 ** 31)]))).toBe('088080808008');
  expect(hex(encode([varint(1, -1)]))).toBe('08ffffffffffffffffff01');
  expect(hex(encode([varint(1, 2n ** 63n)]))).toBe('0880808080808080808001');
  expect(hex(encode([varint(2000, 1)]))).toBe('807d01');
});

test('floating point and bytes', () => {
  expect(hex(encode([float(1, 1.5)]))).toBe('0d0000c03f');
  expect(hex(encode([double(1, -2)]))).toBe('0900000000000000c0');
  expect(hex(encode([bytes(1, Uint8Array.of(0, 255))]))).toBe('0a0200ff');
  expect(hex(encode([text(1, 'é€😀')]))).toBe('0a09c3a9e282acf09f9880');
});
