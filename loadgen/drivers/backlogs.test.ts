import { expect, test } from 'vitest';
import { Backlogs, MOST_UNSENT_BYTES, UNREAD_AFTER_MS } from './backlogs.ts';

test('Backlogs takes a target for one that reads nothing once too much has waited for so long', () => {
  const backlogs = new Backlogs();
  const [one, other] = [{}, {}];
  const isUnread = (connection: object, beyond: number, now: number): boolean =>
    backlogs.isUnread(connection, MOST_UNSENT_BYTES + beyond, now);
  expect(isUnread(one, 1, 0)).toBe(false);
  expect(isUnread(one, 1, UNREAD_AFTER_MS - 1)).toBe(false);
  expect(isUnread(other, 1, UNREAD_AFTER_MS)).toBe(false);
  expect(isUnread(one, 1, UNREAD_AFTER_MS)).toBe(true);
});

test('Backlogs begins anew with a target that has read', () => {
  const backlogs = new Backlogs();
  const [one, most] = [{}, MOST_UNSENT_BYTES];
  expect(backlogs.isUnread(one, most + 1, 0)).toBe(false);
  expect(backlogs.isUnread(one, most, UNREAD_AFTER_MS)).toBe(false);
  expect(backlogs.isUnread(one, most + 1, UNREAD_AFTER_MS)).toBe(false);
});
