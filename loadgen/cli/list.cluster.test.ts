/** Scenarios of the house are modules of `dist`, which only these tests may take for granted. */
import { expect, test } from 'vitest';
import { listScenarios } from './list.ts';

test('listScenarios() tells name, length and question of each scenario, one below the other', async () => {
  const lines = (await listScenarios()).trimEnd().split('\n');
  expect(lines.find((line) => line.startsWith('ping-pong'))).toMatch(
    /^ping-pong +00:29 {2}How fast does a small cluster answer a small crowd\?$/,
  );
  const places = lines.map(
    (line) => line.search(/\d\d:\d\d {2}/) + line.slice(line.search(/\d\d:\d\d {2}/)).indexOf(' '),
  );
  expect(new Set(places).size).toBe(1);
});
