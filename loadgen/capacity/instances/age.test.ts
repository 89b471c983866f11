import { expect, test } from 'vitest';
import { warnOfAge } from './age.ts';
import { readSnapshot } from './snapshot.ts';

const { instances, date } = readSnapshot();
const day = (text: string): { instances: typeof instances; today: Date } => ({
  instances,
  today: new Date(text),
});

test('warnOfAge() is silent for 180 days and warns from the next one on', () => {
  expect(warnOfAge({ date }, day('2027-01-16T23:00:00Z'))).toBeUndefined();
  expect(warnOfAge({ date }, day('2027-01-17T00:00:00Z'))).toBe(
    'Prices are of 2026-07-20, 181 days ago: look them up anew and give them with --prices FILE',
  );
});

test('warnOfAge() is silent when every price came out of a file', () => {
  const today = new Date('2030-01-01T00:00:00Z');
  const given = instances.map((instance) => ({ ...instance, pricedBy: 'file' as const }));
  expect(warnOfAge({ date }, { instances: given, today })).toBeUndefined();
  expect(warnOfAge({ date }, { instances: [...given, ...instances.slice(0, 1)], today })).toContain(
    'of 2026-07-20',
  );
});
