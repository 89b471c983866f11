import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type PlanRequest, planCapacity } from '../../capacity/planner/index.ts';
import { aRecord, aSize } from '../../capacity/planner/testing.ts';
import { runCommand, useFolder } from '../testing.ts';
import { addPlan } from './plan.ts';

const folder = useFolder();

type Verdict = ReturnType<typeof aSize>['result']['verdict'];
type Planned = Awaited<ReturnType<NonNullable<Parameters<typeof planCapacity>[2]>>>;

/** What trials amount to whose search came to this. */
function plannedWith(verdict: Verdict) {
  const main = aSize(1, { result: { ...aSize(1).result, verdict } });
  return { main, points: [], remarks: [], isInterrupted: false };
}

/** Runs the command with a planner whose trials amounted to this. */
async function plan(words: readonly string[], run: () => Planned = () => plannedWith('found')) {
  const out = join(folder(), 'out');
  const asked: PlanRequest[] = [];
  const add = (program: Parameters<typeof addPlan>[0]): void =>
    addPlan(program, (request, follower) => {
      asked.push(request);
      return planCapacity(request, follower, () => Promise.resolve(run()));
    });
  const said = await runCommand(add, ['plan', '--out', out, ...words]);
  return { ...said, asked, files: readdirSync(out).sort() };
}

test('addPlan() leaves the page, its data, Markdown and a table, and prints the answer', async () => {
  const { asked, code, files, out } = await plan([
    '--profile',
    'chat',
    '--users',
    '9000',
    '--instances',
    'c7g',
  ]);
  expect(code).toBe(0);
  expect(files).toEqual(['plan.csv', 'plan.html', 'plan.json', 'plan.md']);
  expect(out).toContain(join(folder(), 'out', 'plan.html'));
  expect(asked[0]).toMatchObject({ profile: { name: 'chat' }, users: 9_000, withinMs: 900_000, scores: [] });
  expect(asked[0]?.instances.every(({ family }) => family === 'c7g')).toBe(true);
});

test('addPlan() prints the whole plan as JSON', async () => {
  const { out } = await plan(['--profile', '42k', '--json', '--slo', 'p99 < 100ms', '--time', '5m']);
  expect(JSON.parse(out)).toMatchObject({ version: 1, slo: '99 % < 100 ms' });
});

test.each<[Verdict, number]>([
  ['found', 0],
  ['at-least', 0],
  ['not-met', 99],
  ['unconfirmed', 112],
  ['fell-over', 1],
])(
  'addPlan() of a search that is %s ends with %i, and keeps what was measured',
  async (verdict, expected) => {
    const { code, files } = await plan(['--profile', '42k', '-q'], () => plannedWith(verdict));
    expect(code).toBe(expected);
    expect(files).toContain('plan.json');
  },
);

test('addPlan() of users who hardly say anything ends with 0 where fleets are known, else with 112', async () => {
  const crowd = aRecord({ counts: { ...aRecord().counts, pings: 66_000 } });
  const sockets = { mostSockets: 4_000, othersBytes: 90e6, churn: aRecord(), remarks: [] };
  const found = { points: [], remarks: [], isInterrupted: false };
  const known = await plan(['--profile', 'idle', '-q'], () => ({ ...found, sockets: { ...sockets, crowd } }));
  expect([known.code, known.files]).toEqual([0, ['plan.csv', 'plan.html', 'plan.json', 'plan.md']]);
  const words = ['--profile', 'idle', '-q', '--out', join(folder(), 'another')];
  expect((await plan(words, () => ({ ...found, sockets }))).code).toBe(112);
});

test('addPlan() ends with 105 when it was interrupted', async () => {
  const { code } = await plan(['--profile', '42k', '-q'], () => {
    process.emit('SIGINT');
    return plannedWith('found');
  });
  expect(code).toBe(105);
});

test('addPlan() takes prices, factors and scores', async () => {
  const prices = join(folder(), 'prices.csv');
  const scores = join(folder(), 'scores.jsonl');
  writeFileSync(prices, 'type,price\nc7g.large,1\n');
  writeFileSync(scores, '{"type":"c7g.large","single":70,"busy":72}\n');
  const words = [
    '--profile',
    '42k',
    '--prices',
    prices,
    '--price-factor',
    '0.5',
    '--here',
    'c7a.large',
    '-w',
    '2',
    '--points',
    '1,2,6',
  ];
  const { asked } = await plan(words);
  expect(asked[0]).toMatchObject({ here: { type: 'c7a.large' }, sizes: { main: 2, points: [1, 2, 6] } });
  expect(asked[0]?.instances.find(({ type }) => type === 'c7g.large')).toMatchObject({ hourly: 0.5 });
});

test.each([
  [['--profile', 'chatt'], 'did you mean "chat"'],
  [['--profile', 'chat', '--slo', 'fast'], 'Cannot read the objective "fast"'],
  [['--profile', 'chat', '--instances', 'c7gg'], 'there is no such type or family'],
  [['--profile', 'chat', '--here', 'mine'], 'there is no such type or family'],
  [['--profile', 'chat', '--here', 'c7g'], 'it is a family, wanted a type such as c7g.large'],
  [['--profile', 'chat', '--prices', '/nowhere.csv'], 'Cannot read prices "/nowhere.csv"'],
  [['--profile', 'chat', '--scores', '/nowhere'], 'Cannot read scores "/nowhere"'],
  [['--profile', 'chat', '--ledger', import.meta.filename], 'Cannot read line 1 of predictions'],
  [['--profile', 'chat', '--price-factor', 'x'], 'Wanted is a number above 0, as 0.6'],
  [['--profile', 'chat', '--points', '1,x'], 'Wanted are whole numbers above 0'],
  [['--profile', 'chat', '--time', '1m'], 'Cannot plan in 60 s: wanted is a time of 120 s or more'],
  [['--profile', 'chat', '--users', '0'], 'Wanted is 1 or more'],
  [[], "required option '-p, --profile <name|file>'"],
])('addPlan() refuses %j before anything is written', async (words, why) => {
  await expect(plan(words)).rejects.toThrow(why);
  expect(existsSync(join(folder(), 'out'))).toBe(false);
});
