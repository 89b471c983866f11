import { expect, test } from 'vitest';
import { Standing } from './standing.ts';

function begin() {
  let now = 1_000;
  const told: string[] = [];
  const standing = new Standing(
    'shop',
    ({ message }) => told.push(message),
    () => now,
  );
  const wait = (ms: number) => {
    now += ms;
  };
  return { standing, told, wait };
}

test('Standing tells once when NATS goes and once when it is back, with the time and the loss', () => {
  const { standing, told, wait } = begin();
  standing.join(0);
  standing.open();
  standing.join(0);
  expect([standing.isJoined, told]).toEqual([true, []]);
  standing.leave(new Error('cut'));
  expect([standing.isJoined, standing.downs]).toEqual([false, 1]);
  wait(2_340);
  standing.join(7);
  standing.join(7);
  expect(told).toEqual([
    'NATS is away, publications stay on this host: cut',
    'NATS is back after 2.3 s; publications that could not cross so far: 7',
  ]);
});

test('Standing tells of a refusal once, of an early one when somebody is to be told', () => {
  const early = begin();
  early.standing.refuse(new Error('no'));
  expect([early.told, early.standing.refusal?.code]).toEqual([[], 'CLUSTER_UNREACHABLE']);
  early.standing.open();
  expect(early.told).toEqual([early.standing.refusal?.message]);

  const { standing, told } = begin();
  standing.open();
  expect(standing.refusal).toBeUndefined();
  standing.refuse(new Error('no'));
  standing.refuse(new Error('nor that'));
  expect(told).toEqual([
    'Cannot join cluster "shop" through NATS: it does not permit subjects that begin with sc.shop (no)',
  ]);
});
