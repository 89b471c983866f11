import { expect, test, vi } from 'vitest';
import { aSize } from '../../loadgen/capacity/planner/testing.ts';
import { percentApart, repeatSearch } from './repeat-search.ts';
import { aTrying } from './testing.ts';

test('percentApart() is the same both ways', () => {
  expect(percentApart([100, 105])).toBe('4.9 %');
  expect(percentApart([105, 100])).toBe('4.9 %');
  expect(percentApart([105, undefined])).toBe('nobody knows how much');
});

test('repeatSearch() keeps each search as it ends, and calls no two lower bounds alike', async () => {
  const { result } = aSize(1);
  const limited = { ...result, atLeast: 'generator-limited', verdict: 'at-least' } as const;
  const { confirmed: _, estimate: __, ...unknown } = { ...result, verdict: 'not-met' } as const;
  const found = [aSize(1), aSize(1), aSize(1), aSize(1, { result: limited }), aSize(1, { result: unknown })];
  const trying = aTrying();
  const search = vi.fn(() => Promise.resolve(found.shift() ?? aSize(1)));
  await repeatSearch(trying, 0.5, search);
  expect(search).toHaveBeenLastCalledWith(trying, { name: 'second search', share: 0.5 });
  expect(trying.kept()).toMatch(
    /^\| 2 \| found \| 5 \| 1000 \| 968 to 1033 \| 950 \|\n\nApart by 0\.0 %\.$/m,
  );
  await repeatSearch(trying, undefined, search);
  expect(trying.kept()).toMatch(/^\| 2 \| at-least \| 5 \| at least 968 \| – \| 950 \|\n\nApart by nobody/m);
  await repeatSearch(trying, undefined, search);
  expect(trying.kept()).toMatch(/^\| 1 \| not-met \| 5 \| – \| – \| – \|$/m);
});

test('repeatSearch() keeps what it has when somebody ends it', async () => {
  const trying = aTrying();
  const ended = repeatSearch(trying, undefined, () => Promise.resolve(aSize(1, { isInterrupted: true })));
  await expect(ended).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
  expect(trying.kept()).toContain('\n| 1 | found |');
});
