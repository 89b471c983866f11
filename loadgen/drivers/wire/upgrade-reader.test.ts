import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UpgradeReader } from './upgrade-reader.ts';

/** The answer with the one right Sec-WebSocket-Accept. */
const answer = [
  'HTTP/1.1 101 Switching Protocols',
  'SC-Worker: 3',
  'Sec-WebSocket-Accept: ZjIaU4P0gsryTLqQU+bVu9iLlF4=',
  '',
  'rest',
].join('\r\n');

function scene() {
  const told: string[] = [];
  const reader = new UpgradeReader({
    granted: (user, worker, bytes, start, end) =>
      told.push(`${user} granted ${worker} ${bytes.toString('latin1', start, end)}`),
    refused: (user, cause) => told.push(`${user} refused ${cause}`),
  });
  const feed = (user: number, text: string): void => {
    const shared = Buffer.from(`${text}###`);
    reader.read(user, shared, text.length);
    shared.fill(0);
  };
  return { reader, told, feed };
}

test('UpgradeReader reads the same answer in whatever pieces it comes', () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: answer.length - 5 }), { maxLength: 5 });
  fc.assert(
    fc.property(cuts, (unordered) => {
      const { told, feed } = scene();
      const ends = [...unordered.toSorted((one, other) => one - other), answer.length];
      ends.forEach((end, index) => void feed(4, answer.slice(ends[index - 1] ?? 0, end)));
      expect(told).toEqual(['4 granted 3 rest']);
    }),
  );
});

test('UpgradeReader keeps users apart, tells refusals and forgets', () => {
  const { reader, told, feed } = scene();
  feed(0, 'HTTP/1.1 50');
  feed(1, 'HTTP/1.1 404 Not Found\r\n\r\n');
  feed(0, '3 Full\r\n\r\n');
  feed(2, 'HTTP/1.1 101');
  reader.forget(2);
  feed(2, 'HTTP/1.1 500 No\r\n\r\n');
  expect(told).toEqual(['1 refused http-404', '0 refused http-503', '2 refused http-500']);
});
