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

test('Outstanding matches responses with calls in whatever order they come', () => {
  const numbers = fc.uniqueArray(fc.nat(30), { minLength: 1 });
  fc.assert(
    fc.property(numbers, fc.nat(30), (calls, lastGivenUp) => {
      const outstanding = new Outstanding(1);
      for (let call = 0; call <= 30; call += 1) outstanding.add(0, call, call + 0.5, call);
      expect(outstanding.giveUp(0, lastGivenUp)).toBe(lastGivenUp + 1);
      for (const call of calls) {
        const isLate = call <= lastGivenUp;
        expect(outstanding.takeCall(0, call)).toBe(isLate ? 'late' : 'waiting');
        if (!isLate) expect([outstanding.intended, outstanding.sent]).toEqual([call, call + 0.5]);
        expect(outstanding.takeCall(0, call)).toBe('none');
      }
      const left = 30 - lastGivenUp - calls.filter((call) => call > lastGivenUp).length;
      expect([outstanding.size, outstanding.isWaiting(0)]).toEqual([left, left > 0]);
      outstanding.add(0, 40, 40, 40);
      expect(outstanding.takeCall(0, 40)).toBe('waiting');
      expect(outstanding.drop(0)).toBe(left);
    }),
  );
});

test('Outstanding.giveUp() remembers so many calls and no more, however many are never answered', () => {
  const outstanding = new Outstanding(2);
  const giveUp = (user: number, call: number): void => {
    outstanding.add(user, 1, 1, call);
    outstanding.giveUp(user, 1);
  };
  const most = 2 ** 18;
  giveUp(1, 7);
  for (let call = 1; call < most; call += 1) giveUp(0, call);
  expect(outstanding.takeCall(0, 1)).toBe('late');
  giveUp(0, most);
  giveUp(0, most + 1);
  giveUp(0, most + 2);
  expect([2, most + 1, most + 2].map((call) => outstanding.takeCall(0, call))).toEqual([
    'none',
    'none',
    'late',
  ]);
  expect(outstanding.takeCall(1, 7)).toBe('late');
});
