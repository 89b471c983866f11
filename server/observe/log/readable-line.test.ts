import { expect, test } from 'vitest';
import { readableLine } from './readable-line.ts';

const line = (fields: object) =>
  readableLine(JSON.stringify({ level: 'info', time: 0, name: 'bench', pid: 1, hostname: 'h', ...fields }));

test('readableLine() shows time, level, text and the fields that say something', () => {
  expect(line({ msg: 'Ready', port: 8000, path: '/run' })).toBe(
    '00:00:00.000 info  Ready port=8000 path=/run\n',
  );
});

test('readableLine() colours what is wrong', () => {
  expect(line({ level: 'error', msg: 'No' })).toBe('00:00:00.000 \u001b[31merror\u001b[0m No\n');
});

test('readableLine() puts the stack of an error below the line', () => {
  expect(line({ level: 'info', msg: 'No', err: { stack: 'Error: no\n    at x' } })).toBe(
    '00:00:00.000 info  No\nError: no\n    at x\n',
  );
});

test('readableLine() keeps fields named __proto__ and values that are objects', () => {
  expect(readableLine('{"level":"info","time":0,"__proto__":{"a":1},"msg":"x"}')).toBe(
    '00:00:00.000 info  x __proto__={"a":1}\n',
  );
});
