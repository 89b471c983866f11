import { expect, test } from 'vitest';
import { limitWorkers, quotaOf, refusesQuota } from './limit-workers.ts';
import { fakeGroups } from './testing.ts';

test.each([1, 2] as const)(
  'limitWorkers() gives each process a group of version %d of its own',
  async (version) => {
    const groups = fakeGroups(version, [7, 8]);
    const before = new Map(groups.members);
    const limited = limitWorkers([7, 8], 0.2, groups);
    expect(limited.version).toBe(version);
    expect(new Set(groups.members.values()).size).toBe(2);
    expect([...groups.members.values()].sort()).toEqual(groups.groups().sort());
    await limited.undo();
    expect([...groups.members.keys()]).toEqual([...before.keys()]);
    expect(groups.groups()).toEqual([]);
    await limited.undo();
  },
);

test('LimitedWorkers.undo() does not mind processes that have ended', async () => {
  const groups = fakeGroups(2, [7, 8]);
  const limited = limitWorkers([7, 8], 0.2, groups);
  groups.members.delete(7);
  await limited.undo();
  expect(groups.groups()).toEqual([]);
  expect(groups.members.get(8)).toBe('/sys/fs/cgroup');
});

test('LimitedWorkers.undo() frees all others before it tells of one that cannot be freed', async () => {
  const groups = fakeGroups(2, [7, 8]);
  const limited = limitWorkers([7, 8], 0.2, groups);
  const [stuck] = groups.groups();
  const remove = groups.remove.bind(groups);
  groups.remove = (path) => {
    if (path === stuck) throw Object.assign(new Error('EIO'), { code: 'EIO' });
    remove(path);
  };
  await expect(limited.undo()).rejects.toThrow('EIO');
  expect(groups.groups()).toEqual([stuck]);
});

test('limitWorkers() leaves all processes where they were when one of them cannot be limited', () => {
  const groups = fakeGroups(2, [7]);
  expect(() => limitWorkers([7, 9], 0.2, groups)).toThrow('Cannot limit workers to 0.2 of a core: ENOENT');
  expect(groups.groups()).toEqual([]);
  expect(groups.members.get(7)).toBe('/sys/fs/cgroup');
});

test('refusesQuota() says what is wanted where nobody may make groups, and nothing where one may', () => {
  const forbidden = fakeGroups(2, [], { refuse: () => 'EACCES' });
  expect(refusesQuota(forbidden)).toBe(
    'Cannot limit workers to 1 of a core: EACCES in "/sys/fs/cgroup", wanted root and control groups of version 2 that can be written to',
  );
  const free = fakeGroups(1, []);
  expect(refusesQuota(free)).toBeUndefined();
  expect(free.groups()).toEqual([]);
});

test('quotaOf() keeps the period short and the quota at what the kernel takes', () => {
  expect(quotaOf(0.2)).toEqual({ quotaMicros: 1_000, periodMicros: 5_000 });
  expect(quotaOf(0.5)).toEqual({ quotaMicros: 2_500, periodMicros: 5_000 });
  expect(quotaOf(0.05)).toEqual({ quotaMicros: 1_000, periodMicros: 20_000 });
  expect(quotaOf(1)).toEqual({ quotaMicros: 5_000, periodMicros: 5_000 });
});

test.each([0, -1, 1.1, Number.NaN, 0.0001])('quotaOf() refuses a share of %d', (share) => {
  expect(() => quotaOf(share)).toThrow(`Cannot limit workers to ${share} of a core: wanted is 0.001 to 1`);
});
