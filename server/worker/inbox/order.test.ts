import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Order } from './order.ts';

test('Order begins each task after the one before has let it, whoever takes time', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 50 }), fc.infiniteStream(fc.nat()), (slow, choices) => {
      const order = new Order();
      const begun: number[] = [];
      const held: (() => void)[] = [];
      for (const [index, isSlow] of slow.entries()) {
        order.enter((proceed) => {
          begun.push(index);
          if (isSlow) {
            held.push(proceed);
          } else {
            proceed();
          }
        });
        const { value } = choices.next();
        if (value % 3 === 0) {
          held.shift()?.();
        }
      }
      while (held.length > 0) {
        expect(held).toHaveLength(1);
        held.shift()?.();
      }
      expect(begun).toEqual(slow.map((_, index) => index));
      expect(order.isBusy).toBe(false);
    }),
  );
});

test('Order ignores a task that lets the next begin twice', () => {
  const order = new Order();
  const begun: string[] = [];
  let release = (): void => undefined;
  order.enter((proceed) => {
    release = proceed;
  });
  order.enter((_proceed) => begun.push('second'));
  order.enter((_proceed) => begun.push('third'));
  release();
  release();
  expect(begun).toEqual(['second']);
});

test('Order goes through ten thousand waiting tasks without recursion', () => {
  const order = new Order();
  let release = (): void => undefined;
  let count = 0;
  order.enter((proceed) => {
    release = proceed;
  });
  for (let n = 0; n < 10_000; n += 1) {
    order.enter((proceed) => {
      count += 1;
      proceed();
    });
  }
  release();
  expect(count).toBe(10_000);
});

test('clear() lets everything go that waits', () => {
  const order = new Order();
  let release = (): void => undefined;
  order.enter((proceed) => {
    release = proceed;
  });
  order.enter(() => expect.unreachable());
  order.clear();
  release();
  expect(order.isBusy).toBe(false);
});
