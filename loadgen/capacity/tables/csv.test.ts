import { expect, test } from 'vitest';
import { formatFleetsCsv } from './csv.ts';
import { rowOf, tableOf } from './testing.ts';

test('formatFleetsCsv() has one line for each fleet, numbers as numbers', () => {
  const [head, unfit, good, end] = formatFleetsCsv(tableOf({ rows: [...tableOf().rows] })).split('\n');
  expect(head).toMatch(/^type,hosts,workers,usersLower,users,usersUpper,/);
  expect(head?.split(',')).toHaveLength(22);
  expect(unfit).toMatch(/^c7g\.4xlarge,2,4,/);
  expect(unfit).toMatch(/,T4,beyond,false,false,more than twice the workers that were measured$/);
  expect(good).toContain(',81234.6,');
  expect(good).toContain(',network,busiest worker,0.4923,1,130.305,');
  expect(end).toBe('');
});

test('formatFleetsCsv() marks the row that is recommended', () => {
  const table = tableOf();
  const { recommended } = table;
  const rows = recommended === undefined ? [] : [rowOf(), recommended];
  const lines = formatFleetsCsv({ ...table, rows })
    .trimEnd()
    .split('\n');
  expect(lines.map((line) => line.split(',').at(-2))).toEqual(['recommended', 'false', 'true']);
});

test('formatFleetsCsv() quotes what a reader would take apart', () => {
  expect(formatFleetsCsv(tableOf({ rows: [rowOf({ type: 'a,"b"' })] }))).toContain('\n"a,""b""",2,');
});
