import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { entry } from '../server/process/index.ts';

/** Eight programs that each read the whole repository, on a machine that may be busy. */
const PATIENCE_MS = 240_000;

test('check finds nothing in this repository', { timeout: PATIENCE_MS }, async () => {
  const check = spawn(process.execPath, [entry('scripts/check.js')], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [check.stdout, check.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = (await once(check, 'close')) as [number];
  expect(output).not.toContain('FAIL');
  expect(code).toBe(0);
});
