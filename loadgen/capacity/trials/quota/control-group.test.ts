import { expect, test } from 'vitest';
import { enter, findHierarchy, groupOf, makeGroup } from './control-group.ts';
import { fakeGroups } from './testing.ts';

const quota = { quotaMicros: 1_000, periodMicros: 5_000 };

test('findHierarchy() tells the versions apart by what lies at the top', () => {
  expect(findHierarchy(fakeGroups(2, []))).toEqual({ version: 2, root: '/sys/fs/cgroup' });
  expect(findHierarchy(fakeGroups(1, []))).toEqual({ version: 1, root: '/sys/fs/cgroup/cpu' });
});

test('makeGroup() grants a quota as each version wants it', () => {
  const two = fakeGroups(2, []);
  expect(makeGroup(two, findHierarchy(two), 'small', quota)).toBe('/sys/fs/cgroup/small');
  expect([...two.written]).toEqual([['/sys/fs/cgroup/small/cpu.max', '1000 5000']]);
  const one = fakeGroups(1, []);
  makeGroup(one, findHierarchy(one), 'small', quota);
  expect([...one.written]).toEqual([
    ['/sys/fs/cgroup/cpu/small/cpu.cfs_period_us', '5000'],
    ['/sys/fs/cgroup/cpu/small/cpu.cfs_quota_us', '1000'],
  ]);
});

test('makeGroup() asks for the controller where groups do not have it', () => {
  const groups = fakeGroups(2, [], { isGranted: false });
  makeGroup(groups, findHierarchy(groups), 'small', quota);
  expect(groups.written.get('/sys/fs/cgroup/cgroup.subtree_control')).toBe('+cpu');
});

test('makeGroup() leaves no group behind that it cannot give a quota', () => {
  const groups = fakeGroups(2, [], { refuse: (path) => (path.endsWith('cpu.max') ? 'EINVAL' : undefined) });
  expect(() => makeGroup(groups, findHierarchy(groups), 'small', quota)).toThrow('EINVAL');
  expect(groups.groups()).toEqual([]);
});

test.each([1, 2] as const)('enter() moves a process of version %d to where groupOf() finds it', (version) => {
  const groups = fakeGroups(version, [7]);
  const hierarchy = findHierarchy(groups);
  const small = makeGroup(groups, hierarchy, 'small', quota);
  expect(groupOf(groups, hierarchy, 7)).toBe(`${hierarchy.root}/`);
  enter(groups, small, 7);
  expect(groupOf(groups, hierarchy, 7)).toBe(small);
});
