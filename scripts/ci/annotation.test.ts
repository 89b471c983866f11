import { expect, test } from 'vitest';
import { annotation, firstSentence, levelOf } from './annotation.ts';

test('annotation() keeps a text within its line', () => {
  expect(annotation('error', 'a:b,c', '5 % worse\r\n::notice::planted')).toBe(
    '::error title=a%3Ab%2Cc::5 %25 worse%0D%0A::notice::planted\n',
  );
});

test('firstSentence() takes the first words that readers see', () => {
  expect(firstSentence('<!-- x -->\n\n# **Regression**: `cpu` +10 %\n\nrest')).toBe('Regression: cpu +10 %');
  expect(firstSentence('')).toBe('');
});

test('levelOf() tells green from everything else', () => {
  expect([0, 1, 112].map(levelOf)).toEqual(['notice', 'error', 'error']);
});
