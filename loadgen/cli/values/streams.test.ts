import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { guardStreams } from './streams.ts';

function fake() {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  stderr.setEncoding('utf8');
  const own = Object.assign(new EventEmitter(), {
    stdout,
    stderr,
    exitCode: undefined as number | undefined,
  });
  guardStreams(own as unknown as NodeJS.Process);
  return own;
}

const failure = (code: string) => Object.assign(new Error(code), { code });

test('guardStreams() lets whoever reads along leave', () => {
  const own = fake();
  own.stdout.emit('error', failure('EPIPE'));
  own.stderr.emit('error', failure('EPIPE'));
  own.stderr.emit('error', failure('ENOSPC'));
  own.emit('exit', 0);
  expect([own.stderr.read(), own.exitCode]).toEqual([null, undefined]);
});

test('guardStreams() tells once that what was to be printed is not, and lets no command end well', () => {
  const own = fake();
  own.stdout.emit('error', failure('ENOSPC'));
  own.stdout.emit('error', failure('ENOSPC'));
  own.emit('exit', 0);
  expect([own.stderr.read(), own.exitCode]).toEqual(['Cannot write to standard output: ENOSPC\n', 112]);
});

test('guardStreams() leaves an exit code alone that says more', () => {
  const own = fake();
  own.stdout.emit('error', failure('ENOSPC'));
  own.emit('exit', 99);
  expect(own.exitCode).toBeUndefined();
});
