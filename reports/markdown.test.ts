import { expect, test } from 'vitest';
import { escapeCell, formatMarkdown } from './markdown.ts';
import { healthySummary, phasedSummary } from './testing.ts';

test('formatMarkdown() begins with scenario and verdict and tells the rest in tables', () => {
  const text = formatMarkdown({
    ...healthySummary(),
    verdict: { status: 'fail', validity: 'valid', reasons: ['Too slow', 'Too few'] },
  });
  expect(text.startsWith('## synthetic: FAIL\n\nToo slow\n\n- Too few\n')).toBe(true);
  expect(text).toContain('| response | ');
  expect(text).toContain('| ✓ holds | users.failed == 0 | 0 |');
});

test('formatMarkdown() calls no rule of an invalid run held', () => {
  const rules = [{ rule: 'users.failed == 0', value: 0, ok: null }];
  expect(formatMarkdown({ ...healthySummary(), rules })).toContain(
    '| – not judged | users.failed == 0 | 0 |',
  );
});

test('formatMarkdown() leaves out tables without rows', () => {
  expect(formatMarkdown({ ...healthySummary(), rules: [], workers: [] })).not.toMatch(
    /\| rule \||\| worker \|/,
  );
});

test('formatMarkdown() lists findings, and compares phases when there are several', () => {
  const text = formatMarkdown({ ...phasedSummary(), findings: ['Worker 1 answered *slower*'] });
  expect(text).toContain('\n- Worker 1 answered \\*slower\\*\n');
  expect(text).toMatch(/\| phase \|.*\n.*\n\| calm \|.*\n\| storm \|/);
});

test('escapeCell() keeps a text from breaking out of its table', () => {
  expect(escapeCell('a | b\n| *c* <d>')).toBe('a \\| b \\| \\*c\\* &lt;d>');
});
