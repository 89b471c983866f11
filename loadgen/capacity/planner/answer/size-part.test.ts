import { expect, test } from 'vitest';
import { builtIn } from '../../profiles/testing.ts';
import { aSize, aTrial } from '../testing.ts';
import { sizePart } from './size-part.ts';

const around = { profile: builtIn('42k'), folder: (path: string) => path.replace('/plan/', '') };

test('sizePart() tells a search with its trials, whose records are found from the plan', () => {
  const part = sizePart(aSize(2, { share: 0.2 }), around);
  expect(part).toMatchObject({ workers: 2, share: 0.2, verdict: 'found', confirmed: 1_900, usersPerLoad: 6 });
  expect(part.findings).toEqual(['Saturation ended it']);
  expect(part.trials[0]).toMatchObject({
    ...{ trial: 1, phase: 'locate', load: 1_600, users: 9_600, ok: true, share: 1 },
    folder: 'search/01-locate',
  });
});

test('sizePart() has null for what was not found, and last words before all reasons', () => {
  const trial = aTrial(100, { ok: false });
  const fallen = { ...trial, outcome: { ...trial.outcome, fellOver: 'worker 0 ended' } };
  const { confirmed: _, estimate: __, wording: ___, ...result } = aSize(1).result;
  const part = sizePart(aSize(1, { result: { ...result, verdict: 'fell-over' }, trials: [fallen] }), around);
  expect(part).toMatchObject({
    share: null,
    confirmed: null,
    estimate: null,
    wording: null,
    geometricMean: null,
  });
  expect(part.trials[0]?.reasons).toEqual(['worker 0 ended']);
});
