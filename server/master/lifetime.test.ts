import { expect, test, vi } from 'vitest';
import { interrupted, Lifetime } from './lifetime.ts';

test('Lifetime closes what was opened last first, and tells what could not be closed', async () => {
  const lifetime = new Lifetime(1_000);
  const closed: string[] = [];
  await lifetime.closeAtEnd('first', async () => void closed.push('first'));
  await lifetime.closeAtEnd('second', async () => {
    throw new Error('stuck');
  });
  await lifetime.closeAtEnd('third', async () => void closed.push('third'));
  expect(lifetime.phase).toBe('starting');
  lifetime.becomeReady();
  expect([lifetime.phase, lifetime.hasEnded]).toEqual(['ready', false]);
  const problems = await lifetime.end();
  expect(closed).toEqual(['third', 'first']);
  expect(problems.map(({ message }) => message)).toEqual(['stuck']);
  expect([lifetime.phase, lifetime.hasEnded]).toEqual(['draining', true]);
});

test('Lifetime closes at once what is opened after the end, and lets nothing go on', async () => {
  const lifetime = new Lifetime(1_000);
  lifetime.goOn();
  await lifetime.end();
  const close = vi.fn(async () => undefined);
  await expect(lifetime.closeAtEnd('late', close)).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
  expect(close).toHaveBeenCalledOnce();
  expect(() => lifetime.goOn()).toThrow('Cannot start: the cluster was stopped');
});

test('interrupted() keeps what the stop has interrupted', () => {
  const cause = new Error('half a start');
  expect(interrupted('roll the workers', cause)).toMatchObject({
    code: 'RUN_INTERRUPTED',
    message: 'Cannot roll the workers: the cluster was stopped',
    cause,
  });
});
