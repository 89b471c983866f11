import { expect, test } from 'vitest';
import { Tracer } from './tracer.ts';

function trace(): { tracer: Tracer; lines: string[] } {
  const lines: string[] = [];
  return { tracer: new Tracer(7, (text) => lines.push(text)), lines };
}

test('Tracer shows when a frame went which way, each on one line', () => {
  const { tracer, lines } = trace();
  tracer.frame({ at: 1.25, direction: 'out', text: '{"event":"ping",\n"cid":1}', isLast: false });
  tracer.frame({ at: 12.5, direction: 'in', text: '', isLast: false });
  expect(lines).toEqual([
    '   1.250000 s  user 7 → {"event":"ping",\\n"cid":1}\n',
    '  12.500000 s  user 7 ← (empty)\n',
  ]);
});

test('Tracer lets nobody write to the terminal with escape codes', () => {
  const { tracer, lines } = trace();
  tracer.frame({ at: 0, direction: 'in', text: '\u001b[2J \u009b2J \u202e', isLast: false });
  expect(lines[0]).toContain('← \\u001b[2J \\u009b2J \\u202e\n');
});

test('Tracer cuts long frames, and ends with a sentence', () => {
  const { tracer, lines } = trace();
  for (const isLast of [false, true])
    tracer.frame({ at: 1, direction: 'in', text: 'x'.repeat(1_000), isLast });
  expect(lines).toHaveLength(3);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(460);
  expect(lines[0]).toContain('… (1000 characters)');
  expect(lines.at(-1)).toBe('user 7: these were the first 2 frames, no more are shown\n');
});
