import { expect, test } from 'vitest';
import { parsePeers } from './parse.ts';
import { aComparison } from './testing.ts';

test('parsePeers() gives back a comparison with all digits', () => {
  const comparison = aComparison();
  expect(parsePeers(JSON.stringify(comparison))).toEqual(comparison);
});

test.each([
  ['', 'it is no JSON, or was cut short'],
  [JSON.stringify(aComparison()).slice(0, -9), 'it is no JSON, or was cut short'],
  ['[]', 'it is no object'],
  ['{}', '"version" is not what it should be'],
  [JSON.stringify({ ...aComparison(), version: 1 }), '"version" is not what it should be'],
  [JSON.stringify(aComparison()).replace('"less"', '"worse"'), '"rows.0.better" is not what it should be'],
])('parsePeers() refuses the foreign text %j', (text, why) => {
  expect(() => parsePeers(text, { name: 'out/peers.json' })).toThrow(
    expect.objectContaining({
      code: 'RECORD_INVALID',
      message: `Cannot read comparison "out/peers.json": ${why}, wanted a whole file that "scbench peers" of this version wrote`,
    }),
  );
});
