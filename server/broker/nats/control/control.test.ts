import { expect, onTestFinished, test, vi } from 'vitest';
import { PATIENCE } from '../../../testing.ts';
import type { Revocation } from '../../store/index.ts';
import { Subjects } from '../subjects.ts';
import { Control } from './control.ts';

const REVOKED: Revocation = { subject: 'a', issuedUntil: 1, until: 2 };
const subjects = new Subjects('test');

/** Hands messages to everyone who listens, the sender too, in turns of their own. */
class Bus {
  readonly #takes = new Map<string, ((bytes: Buffer) => void)[]>();

  line() {
    const line = {
      isUp: true,
      publish: (subject: string, bytes: Uint8Array) => {
        if (line.isUp) this.send(subject, Buffer.from(bytes));
        return line.isUp;
      },
      subscribe: (subject: string, take: (bytes: Buffer) => void) => {
        const guarded = (bytes: Buffer) => line.isUp && take(bytes);
        this.#takes.set(subject, [...(this.#takes.get(subject) ?? []), guarded]);
      },
    };
    return line;
  }

  send(subject: string, bytes: Buffer): void {
    queueMicrotask(() => {
      for (const take of this.#takes.get(subject) ?? []) take(bytes);
    });
  }
}

/** A broker of a host; what it takes is done when `finish` is called, or at once. */
function join(bus: Bus, digit: string, { isSpokesman = true, isSlow = false, takenWithinMs = 60_000 } = {}) {
  const line = bus.line();
  const known: Revocation[] = [];
  const host = digit.repeat(12);
  let finish = (): void => {};
  let refused = 0;
  const control = new Control({
    line,
    subjects,
    host,
    own: `${host}${Math.random().toString(16).slice(2).padEnd(12, '0').slice(0, 12)}`,
    isSpokesman,
    revocations: () => known,
    takeRevocations: (revocations) => {
      known.push(...revocations);
      return isSlow
        ? new Promise((resolve) => {
            finish = resolve;
          })
        : Promise.resolve();
    },
    refused: () => {
      refused += 1;
    },
    takenWithinMs,
  });
  onTestFinished(() => control.close());
  control.rise();
  return { control, line, known, finish: () => finish(), refused: () => refused };
}

test('revoke() resolves when all brokers of other hosts have taken it, and crosses to none of the own host', async () => {
  const bus = new Bus();
  const a = join(bus, 'a');
  const beside = join(bus, 'a', { isSpokesman: false });
  const b = join(bus, 'b', { isSlow: true });
  const c = join(bus, 'c');
  await vi.waitFor(() => expect(a.control.neighbours).toBe(2), PATIENCE);
  let isTaken = false;
  const taken = a.control.revoke([REVOKED]).then(() => {
    isTaken = true;
  });
  await vi.waitFor(() => expect([b.known, c.known]).toEqual([[REVOKED], [REVOKED]]), PATIENCE);
  expect([isTaken, beside.known]).toEqual([false, []]);
  b.finish();
  await taken;
  expect(a.control.unanswered).toBe(0);
});

test('revoke() waits for nobody who has said goodbye or while the line is down', async () => {
  const bus = new Bus();
  const a = join(bus, 'a');
  const b = join(bus, 'b', { isSlow: true });
  await vi.waitFor(() => expect(a.control.neighbours).toBe(1), PATIENCE);
  const taken = a.control.revoke([REVOKED]);
  await vi.waitFor(() => expect(b.known).toEqual([REVOKED]), PATIENCE);
  b.control.close();
  await taken;
  b.line.isUp = false;
  expect(a.control.neighbours).toBe(0);

  const c = join(bus, 'c', { isSlow: true });
  await vi.waitFor(() => expect(a.control.neighbours).toBe(1), PATIENCE);
  a.line.isUp = false;
  a.control.fall();
  await a.control.revoke([{ ...REVOKED, subject: 'b' }]);
  expect(c.known).toEqual([]);
});

test('revoke() gives up on a broker that does not answer, and counts that', async () => {
  const bus = new Bus();
  const a = join(bus, 'a', { takenWithinMs: 50 });
  const b = join(bus, 'b', { isSlow: true });
  await vi.waitFor(() => expect(a.control.neighbours).toBe(1), PATIENCE);
  await a.control.revoke([REVOKED]);
  expect([b.known, a.control.unanswered]).toEqual([[REVOKED], 1]);
});

test('rise() gives a newcomer what is known, by one broker of each host, and others what the newcomer knows', async () => {
  const bus = new Bus();
  const a = join(bus, 'a');
  a.known.push(...Array.from({ length: 250 }, (_, index) => ({ ...REVOKED, subject: `a${index}` })));
  const silent = join(bus, 'a', { isSpokesman: false });
  silent.known.push({ ...REVOKED, subject: 'silent' });
  const b = join(bus, 'b');
  await b.control.caughtUp();
  expect(b.known).toHaveLength(250);
  b.known.push(REVOKED);
  b.control.rise();
  await vi.waitFor(() => expect(a.known).toContainEqual(REVOKED), PATIENCE);
});

test('Control refuses what no broker could have said, and goes on', async () => {
  const bus = new Bus();
  const a = join(bus, 'a');
  bus.send(subjects.all, Buffer.from('{"kind":"hello","from":"x"}'));
  await vi.waitFor(() => expect(a.refused()).toBe(1), PATIENCE);
  join(bus, 'b');
  await vi.waitFor(() => expect(a.control.neighbours).toBe(1), PATIENCE);
});
