import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Outstanding } from './outstanding.ts';

const USERS = 3;

/** What a user's queue must be: sends that wait, and before them those that were given up. */
interface Model {
  waiting: { intended: number; sent: number }[];
  givenUp: number;
}

const step = fc.record({
  user: fc.nat(USERS - 1),
  kind: fc.constantFrom('add', 'add', 'add', 'take', 'take', 'giveUp', 'drop'),
  age: fc.nat(6),
});

test('Outstanding matches answers with sends first in first out, whatever happens in between', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (taken) => {
      const outstanding = new Outstanding(USERS);
      const models = Array.from({ length: USERS }, (): Model => ({ waiting: [], givenUp: 0 }));
      taken.forEach(({ user, kind, age }, now) => {
        const model = models[user]!;
        apply(outstanding, model, { user, kind, age, now });
        expect(outstanding.size).toBe(models.reduce((sum, { waiting }) => sum + waiting.length, 0));
      });
    }),
  );
});

function apply(
  outstanding: Outstanding,
  model: Model,
  { user, kind, age, now }: { user: number; kind: string; age: number; now: number },
): void {
  if (kind === 'add') {
    outstanding.add(user, now, now + 0.5);
    model.waiting.push({ intended: now, sent: now + 0.5 });
  }
  if (kind === 'take') {
    const match = outstanding.take(user);
    if (model.givenUp > 0) {
      expect(match).toBe('late');
      model.givenUp -= 1;
    } else if (model.waiting.length === 0) {
      expect(match).toBe('none');
    } else {
      expect(match).toBe('waiting');
      expect({ intended: outstanding.intended, sent: outstanding.sent }).toEqual(model.waiting.shift());
    }
  }
  if (kind === 'giveUp') {
    const kept = model.waiting.filter(({ intended }) => intended > now - age);
    const count = model.waiting.length - kept.length;
    expect(outstanding.giveUp(user, now - age)).toBe(count);
    model.waiting = kept;
    model.givenUp += count;
  }
  if (kind === 'drop') {
    expect(outstanding.drop(user)).toBe(model.waiting.length);
    model.waiting = [];
    model.givenUp = 0;
  }
}

test('Outstanding grows past its first slots and keeps the order of each user', () => {
  const outstanding = new Outstanding(2);
  for (let sent = 0; sent < 10_000; sent += 1) outstanding.add(sent % 2, sent, sent);
  for (let sent = 0; sent < 10_000; sent += 1) {
    expect(outstanding.take(sent % 2)).toBe('waiting');
    expect(outstanding.sent).toBe(sent);
  }
  expect(outstanding.size).toBe(0);
});
