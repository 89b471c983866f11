import { expect, test } from 'vitest';
import { createLog, type LogLevel } from './log.ts';

function logAt(level: LogLevel, isTTY = false) {
  const lines: string[] = [];
  const output = { isTTY, write: (text: string) => lines.push(text) };
  return { lines, log: createLog({ level, name: 'bench', output }) };
}

test('createLog() writes one JSON line with level by name, time, name, text and fields', () => {
  const { lines, log } = logAt('info');
  log.info({ worker: 2 }, 'Worker is ready');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/}\n$/);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: 'info',
    time: expect.any(Number),
    name: 'bench',
    worker: 2,
    msg: 'Worker is ready',
  });
});

test.each([
  ['silent', []],
  ['error', ['error']],
  ['warn', ['error', 'warn']],
  ['info', ['error', 'warn', 'info']],
  ['debug', ['error', 'warn', 'info', 'debug']],
] as const)('createLog() at level %s writes %j', (level, expected) => {
  const { lines, log } = logAt(level);
  log.error('text');
  log.warn('text');
  log.info('text');
  log.debug('text');
  expect(lines.map((line) => JSON.parse(line).level)).toEqual(expected);
});

test('createLog() writes lines for people on a terminal', () => {
  const { lines, log } = logAt('info', true);
  log.info({ worker: 2 }, 'Worker is ready');
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} info {2}Worker is ready worker=2\n$/);
});
