import { expect, test } from 'vitest';
import type { Broadcast } from '../../../reports/index.ts';
import { type Run, type Second, toRun } from '../../results/index.ts';
import { syntheticRun } from '../../testing.ts';
import { watch } from './watch.ts';

const run = toRun(syntheticRun({ users: 20, workers: 1, seconds: 3 }));
const first = run.timeline[0] as Second;

interface Watched {
  watching: ReturnType<typeof watch>;
  written: string[];
  broadcasted: string[];
}

function watchWith(flags: Parameters<typeof watch>[0], isTTY = false): Watched {
  const written: string[] = [];
  const broadcasted: string[] = [];
  const stderr = { isTTY, columns: 100, rows: 40, write: (text: string) => written.push(text) };
  const broadcast: Broadcast = {
    url: '',
    begin: (soFar: () => Run) => broadcasted.push(`begin ${soFar().header.scenario}`),
    show: () => broadcasted.push('show'),
    finish: () => broadcasted.push('finish'),
    close: () => Promise.resolve(),
  };
  const watching = watch(flags, broadcast, stderr as unknown as NodeJS.WriteStream);
  return { watching, written, broadcasted };
}

test('watch() tells the log and all browsers of each second', () => {
  const { watching, written, broadcasted } = watchWith({ scenario: 'x' });
  watching.begin(run.header, () => run);
  watching.second(first);
  watching.trouble('Cannot end it');
  watching.end();
  expect(written).toEqual([expect.stringMatching(/^t=1 phase=ramp /), 'Cannot end it\n']);
  expect(broadcasted).toEqual(['begin synthetic', 'show']);
});

test('watch() is quiet when it is asked to be, except towards browsers', () => {
  const { watching, written, broadcasted } = watchWith({ scenario: 'x', quiet: true });
  watching.begin(run.header, () => run);
  watching.second(first);
  watching.end();
  expect(written).toEqual([]);
  expect(broadcasted).toEqual(['begin synthetic', 'show']);
});

test('watch() writes lines instead of a block on a terminal that also shows frames', () => {
  const { watching, written } = watchWith({ scenario: 'x', traceUser: 3 }, true);
  watching.begin(run.header, () => run);
  watching.trace?.({ at: 0.5, direction: 'out', text: 'hello', isLast: false });
  watching.second(first);
  expect(written).toEqual(['   0.500000 s  user 3 → hello\n', expect.stringMatching(/^t=1 /)]);
  const block = watchWith({ scenario: 'x' }, true);
  block.watching.begin(run.header, () => run);
  block.watching.second(first);
  expect(block.written.join('')).toContain('\u001b[K');
  expect(block.watching.trace).toBeUndefined();
});
