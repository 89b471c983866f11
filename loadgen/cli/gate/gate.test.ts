import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { beforeEach, expect, test, vi } from 'vitest';
import { deriveSeed, recompute, ServerBrokeDown } from '../../../reports/gate/index.ts';
import type { World } from '../../../reports/gate/run/testing.ts';
import { pointOf } from '../../gate/baseline/testing.ts';
import { benchesOf } from '../../gate/job/testing.ts';
import { runCommand, useFolder } from '../testing.ts';
import { addGate } from './gate.ts';

const FILES = [
  'annotations.txt',
  'blocks.csv',
  'gate.html',
  'gate.json',
  'gate.jsonl',
  'gate.md',
  'junit.xml',
];

const folder = useFolder();

beforeEach(() => {
  for (const build of ['one', 'two']) {
    for (const part of ['dist/server', 'node_modules'])
      mkdirSync(join(folder(), build, part), { recursive: true });
    writeFileSync(join(folder(), build, 'dist/server/index.js'), '');
  }
});

/** Runs the command with builds made elsewhere, and a bench without servers. */
async function gate(words: readonly string[], world: World = () => ({}), calibration = {}) {
  const out = join(folder(), 'out');
  const benches = benchesOf(world, calibration);
  const builds = ['--base-dir', join(folder(), 'one'), '--candidate-dir', join(folder(), 'two')];
  const said = await runCommand(
    (program) => addGate(program, { bench: benches.createBench }),
    ['gate', ...builds, '--out', out, ...words],
  );
  return { ...said, record: join(out, 'gate.jsonl'), benches };
}

const slower: World = ({ arm }) => ({ factor: arm === 'candidate' ? 1.2 : 1 });

/** Folders of tests are drawn anew each time, and coins with them: one job of a hundred would be red by chance. */
const SETTLED_COINS = ['--seed', '5e'.repeat(16)];

/** As noisy as no look settles. */
const unsettled: World = (_, { draw }) => ({ factor: Math.exp(draw() - 0.5) });

test('addGate() ends green for equal builds, with progress on the one stream and the answer on the other', async () => {
  const { code, out, error, record } = await gate([]);
  expect(code).toBe(0);
  expect(out).toMatch(/^\nPASS {2}/);
  expect(out).toContain(`\n  ${record}\n`);
  expect(error).toMatch(
    /^Trying out .*\nAt most 32 long .*\nBlock 1 of at most 32, .*\n(.*\n)*Look after 12 blocks: cpu .*\n$/,
  );
  expect(readdirSync(join(folder(), 'out'))).toEqual(FILES);
});

/** The server of one build ends in the second block. */
function breaking(broken: 'base' | 'candidate'): World {
  return ({ arm }, { measured }) => {
    if (arm === broken && measured > 20) throw new ServerBrokeDown({ arm, why: 'it ended' });
    return {};
  };
}

test.each<[number, string, string[], World, object]>([
  [1, 'a regression', [], slower, {}],
  [0, 'a regression on one core', [], slower, { isPinned: false }],
  [112, 'a host that disturbs', [], () => ({ waitingShare: 0.5 }), {}],
  [1, 'a candidate whose server ends under load', [], breaking('candidate'), {}],
  [112, 'a base whose server ends under load', [], breaking('base'), {}],
  [0, 'no answer', SETTLED_COINS, unsettled, {}],
  [3, 'no answer that shall not be green', ['--inconclusive', 'fail', ...SETTLED_COINS], unsettled, {}],
])('addGate() ends with %i for %s', async (expected, _what, words, world, calibration) => {
  const { code, error } = await gate([...words], world, calibration);
  expect(code).toBe(expected);
  expect(error.includes('No more than a hint')).toBe('isPinned' in calibration);
});

test('addGate() ends with 112 when the bench fails, says why, and keeps whole blocks', async () => {
  const failing: World = (_, { measured }) => {
    if (measured === 20) throw new Error('the load generator is gone');
    return {};
  };
  await expect(gate(['-q'], failing)).rejects.toMatchObject({
    exitCode: 112,
    message: expect.stringMatching(/^Cannot go on with the gate, .*: the load generator is gone$/),
  });
  expect(recompute(join(folder(), 'out', 'gate.jsonl')).record.blocks).toHaveLength(1);
});

test('addGate() ends with 105 when a signal comes, and keeps what was measured', async () => {
  const { code, out, record } = await gate(['-q'], (_, { measured }) => {
    if (measured === 40) process.emit('SIGINT');
    return {};
  });
  expect(code).toBe(105);
  expect(out).toMatch(/^\nINCONCLUSIVE {2}/);
  expect(recompute(record).record.blocks).toHaveLength(3);
});

test('addGate() hands on what is asked for', async () => {
  const words = [
    '-s',
    'channels',
    '--short',
    '--attempt',
    '2',
    '--metrics',
    'cpu',
    '--inject',
    'parse:5',
    '-q',
  ];
  const { record, error, benches } = await gate(words);
  const { header } = recompute(record).record;
  const [one, two] = ['one', 'two'].map((name) => join(folder(), name));
  expect(header).toMatchObject({
    scenario: 'channels',
    length: 'short',
    attempt: 2,
    settings: { level: 0.05 },
  });
  expect(header.seed).toBe(deriveSeed({ base: one!, candidate: two!, scenario: 'channels', attempt: 2 }));
  expect(benches.made[0]?.options).toMatchObject({
    scenario: 'channels',
    inject: { kind: 'parse', size: 5 },
  });
  expect(error).toBe('');
});

test('addGate() has as many blocks as fit the time, and writes down both', async () => {
  const { record } = await gate(['--time', '4m', '-q'], unsettled);
  const { header } = recompute(record).record;
  expect(header).toMatchObject({ length: 'short', time: { limitSeconds: 240, blockSeconds: 8 } });
  expect(header.settings.looks.map(({ blocks }) => blocks)).toEqual([12, 15, 20]);
});

test.each([
  ['parse:20', 0],
  ['parse:10', 1],
])('addGate() verifies the size of %s in one look at CPU alone, and ends with %i', async (inject, code) => {
  const verified = await gate(['--inject', inject, '--verify', '-q'], slower);
  expect(verified.code).toBe(code);
  expect(verified.error).toMatch(new RegExp(`^${inject} costs \\d+\\.\\d % of CPU per message .*size\n$`));
  const { header } = recompute(verified.record).record;
  expect(header.settings).toMatchObject({ looks: [{ share: 1 }], hypotheses: [{ metric: 'cpu' }] });
});

test('addGate() repeats the coins of a seed, and prints the result as JSON', async () => {
  const seed = '5e'.repeat(16);
  const { record, out } = await gate(['--seed', seed, '--json']);
  expect(recompute(record).record.header.seed).toBe(seed);
  expect(JSON.parse(out)).toMatchObject({
    status: 'pass',
    isFinished: true,
  });
});

test.each<[string[], string]>([
  [['--seed', '5eed'], 'Wanted are 32 hexadecimal digits.'],
  [['--attempt', '0'], 'Wanted is 1 or more.'],
  [['--inconclusive', 'maybe'], 'pass, fail'],
  [['a word too many'], 'too many arguments'],
  [['--base', 'main'], 'wanted --base or --base-dir, not both'],
  [['--baseline', 'x.jsonl'], 'wanted --base-dir or --baseline, not both'],
  [['--strict'], 'wanted --baseline, or --inconclusive fail'],
  [['-s', 'nosuch'], 'Cannot gate scenario "nosuch": wanted is one of ping-pong, channels'],
  [['--inject', 'sloth'], 'Cannot inject "sloth"'],
  [['--metrics', 'cpus'], 'did you mean "cpu"'],
  [['--time', 'soon'], 'a time such as'],
  [['--time', '1s'], 'Cannot gate in 1 s: wanted is a time of 90 s or more'],
  [['--verify'], 'Cannot verify the size of nothing'],
])('addGate() refuses %j before anything is written', async (words, why) => {
  await expect(gate(words)).rejects.toThrow(why);
  expect(existsSync(join(folder(), 'out'))).toBe(false);
});

test('addGate() leaves stored measurements to the command that is made for them', async () => {
  const asked: unknown[] = [];
  const program = new Command().exitOverride();
  addGate(program, {
    async checkBaseline(...words) {
      asked.push(...words);
    },
  });
  const words = ['gate', '--baseline', 'x.jsonl', '-s', 'chat-rooms', '--strict', '-q'];
  await program.parseAsync(words, { from: 'user' });
  expect(asked).toMatchObject(['x.jsonl', { scenario: 'chat-rooms', strict: true, quiet: true }]);
});

test('addGate() refuses measurements of another processor before it measures', async () => {
  const file = join(folder(), 'x.jsonl');
  const { host } = pointOf();
  writeFileSync(file, `${JSON.stringify(pointOf({ host: { ...host, cpuModel: 'Z80' } }))}\n`);
  const program = new Command().exitOverride();
  addGate(program);
  await expect(program.parseAsync(['gate', '--baseline', file], { from: 'user' })).rejects.toMatchObject({
    code: 'RUNS_DIFFER',
    message: expect.stringContaining('its processor is "Z80"'),
  });
});

test('addGate() derives the numbers of a record again, from its folder or its file', async () => {
  const { record } = await gate(['-q'], slower);
  const program = new Command().exitOverride();
  addGate(program);
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  for (const path of [record, join(folder(), 'out')]) {
    await program.parseAsync(['gate', 'recompute', path], { from: 'user' });
    expect(process.exitCode).toBe(0);
  }
  const [one, other] = said.mock.calls.map(([text]) => text);
  expect(one).toMatch(/^\nREGRESSION {2}.*\n(.*\n)*.*: every number follows from the recorded blocks\.\n$/);
  expect(other).toBe(one);
  expect(readFileSync(record, 'utf8').trimEnd().split('\n')).toHaveLength(14);
});
