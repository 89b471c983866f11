import { expect, test } from 'vitest';
import { aHeader } from '../../gate/record/testing.ts';
import { commandsOf } from './commands.ts';

const { seed } = aHeader();

test('commandsOf() repeats a job of two commits by their names that never move', () => {
  expect(commandsOf(aHeader(), { status: 'pass' })).toEqual({
    repeat: `npx scbench gate --base a1 --candidate b2 --scenario echo --seed ${seed}`,
    recompute: 'npx scbench gate recompute gate.jsonl',
  });
});

test('commandsOf() names folders of builds made elsewhere, quoted where a shell would take them apart', () => {
  const header = aHeader({ base: { name: "/old build's" }, candidate: { name: '/new' }, length: 'short' });
  expect(commandsOf(header, { status: 'pass' }).repeat).toBe(
    `npx scbench gate --base-dir '/old build'\\''s' --candidate-dir /new --scenario echo --short --seed ${seed}`,
  );
});

test('commandsOf() leaves the working tree to be the candidate it is by default', () => {
  const header = aHeader({ candidate: { name: 'working tree', commit: 'b2' }, attempt: 2 });
  expect(commandsOf(header, { status: 'pass' }).repeat).toBe(
    `npx scbench gate --base a1 --scenario echo --attempt 2 --seed ${seed}`,
  );
});

test('commandsOf() gives a job the time it had', () => {
  const time = { limitSeconds: 1_200, blockSeconds: 16 };
  expect(commandsOf(aHeader({ time }), { status: 'pass' }).repeat).toContain(
    ' --scenario echo --time 1200s --seed ',
  );
});

test('commandsOf() plants again what was planted', () => {
  expect(commandsOf(aHeader({ injected: 'parse:10' }), { status: 'pass' }).repeat).toContain(
    ' --scenario echo --inject parse:10 --seed ',
  );
});

test('commandsOf() offers a profile when the job ended red, and only then', () => {
  expect(commandsOf(aHeader(), { status: 'regression' }).profile).toBe(
    'npx scbench profile --scenario echo --users 200 --rate 20 --tool flame --role worker',
  );
  expect(commandsOf(aHeader(), { status: 'invalid' })).not.toHaveProperty('profile');
});
