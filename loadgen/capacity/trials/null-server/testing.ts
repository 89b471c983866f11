/** A client's half of WebSocket, for the tests of the null server. */

const MASK = [1, 2, 3, 4];

/** A masked frame; opcode 1 is a text. */
export function clientFrame(text: string, opcode = 1): Buffer {
  const bytes = Buffer.from(text);
  const { length } = bytes;
  const long = Buffer.alloc(8);
  long.writeBigUInt64BE(BigInt(length));
  const [mark, extended] =
    length <= 125 ? [length, Buffer.alloc(0)] : length <= 65_535 ? [126, long.subarray(6)] : [127, long];
  const masked = bytes.map((byte, n) => byte ^ (MASK[n % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | mark]), extended, Buffer.from(MASK), masked]);
}
