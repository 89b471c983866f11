import { expect, test } from 'vitest';
import { measureBlock, runGate } from '../../../reports/gate/index.ts';
import { aHeader } from '../../../reports/gate/record/testing.ts';
import { createWorld, type World } from '../../../reports/gate/run/testing.ts';
import { createProgress, describePlan } from './progress.ts';

async function linesOf(world: World): Promise<string[]> {
  const header = aHeader();
  const open = createWorld('noise', world);
  const lines: string[] = [];
  let now = 0;
  await runGate({
    header,
    append: () => {},
    async measure(plan, attempt) {
      now += 20_000;
      return measureBlock(open(plan), { plan, attempt, guards: header.guards });
    },
    onBlock: createProgress(
      header.settings,
      (line) => lines.push(line),
      () => now,
    ),
  });
  return lines;
}

test('createProgress() counts blocks, and tells effects at looks alone', async () => {
  const lines = await linesOf(({ arm }) => ({ factor: arm === 'candidate' ? 1.1 : 1 }));
  expect(lines).toHaveLength(13);
  expect(lines[0]).toBe('Block 1 of at most 32, 00:20');
  expect(lines.slice(0, 12).filter((line) => line.includes('%'))).toEqual([]);
  expect(lines[12]).toMatch(/^Look after 12 blocks: cpu regression \+(9|10|11)\.\d %, instructions .* %$/);
});

test('createProgress() tells of pairs and blocks that are measured again', async () => {
  let measured = 0;
  const lines = await linesOf(() => {
    measured += 1;
    return { waitingShare: measured < 7 ? 0.5 : 0 };
  });
  expect(lines[0]).toBe('Block 1 of at most 32, 1 of 1 pairs disturbed, 00:20');
  expect(lines[1]).toBe('Block 1 of at most 32, for the second time, 1 of 9 pairs disturbed, 00:40');
});

test('describePlan() says how many blocks there may be, and when they take longer than was asked for', () => {
  const header = aHeader();
  expect(describePlan(header)).toBe('At most 32 long blocks');
  const planOf = (limitSeconds: number) =>
    describePlan({ ...header, time: { limitSeconds, blockSeconds: 16.6 } });
  expect(planOf(660)).toBe('At most 32 long blocks of about 17 s, for a job of 11:00');
  expect(planOf(60)).toBe(
    'At most 32 long blocks of about 17 s, longer than 01:00, since fewer could hardly find anything',
  );
});
