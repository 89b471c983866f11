import { expect, test } from 'vitest';
import type { SessionChange, Store } from '../../broker/store/index.ts';
import { Sessions } from './sessions.ts';

class Member {
  state: 'connecting' | 'open' | 'closed' = 'open';
  readonly heard: string[] = [];

  sendFrame(frame: Buffer): void {
    this.heard.push(frame.subarray(2).toString());
  }
}

const NOTHING = new Uint8Array(0);

function begin() {
  const notes: string[] = [];
  const ended: string[] = [];
  const store: Store = {
    run: async () => undefined,
    note: (change: SessionChange, session) => notes.push(`${change} ${session}`),
    tell: async () => {},
    revoke: async () => {},
  };
  const sessions = new Sessions<Member>((id) => ended.push(id));
  sessions.attach(store, 7);
  return { ended, notes, sessions };
}

test('Sessions bother nobody with sockets whose application never asks for a session', () => {
  const { notes, sessions } = begin();
  const members = [new Member(), new Member()];
  for (const member of members) sessions.enter(member, 'id', false);
  for (const member of members) sessions.leave(member, 'id');
  sessions.enter(members[0]!, 'id', false);
  sessions.leave(members[0]!, 'id');
  sessions.takeNotice('known', 'id', NOTHING);
  expect(notes).toEqual([]);
});

test('Sessions join with the first socket of a client that returns, and release with its last', () => {
  const { notes, sessions } = begin();
  const members = [new Member(), new Member()];
  for (const member of members) sessions.enter(member, 'id', true);
  for (const member of members) sessions.leave(member, 'id');
  expect(notes).toEqual(['join id', 'release id']);
});

test('Sessions hold a session from the first use on, and again when sockets come back', () => {
  const { notes, sessions } = begin();
  const member = new Member();
  sessions.enter(member, 'id', false);
  const session = sessions.use('id');
  expect(sessions.use('id')).toBe(session);
  sessions.leave(member, 'id');
  sessions.enter(member, 'id', false);
  expect(sessions.use('id')).toBe(session);
  expect(notes).toEqual(['hold id', 'release id', 'hold id']);
});

test('Sessions note each use without a socket, as each begins its time anew', () => {
  const { notes, sessions } = begin();
  sessions.use('id');
  sessions.use('id');
  sessions.enter(new Member(), 'id', true);
  expect(notes).toEqual(['visit id', 'visit id', 'hold id']);
});

test('Sessions join one that became known elsewhere while they have sockets of it', () => {
  const { notes, sessions } = begin();
  const member = new Member();
  sessions.enter(member, 'id', false);
  sessions.takeNotice('known', 'id', NOTHING);
  sessions.takeNotice('known', 'other', NOTHING);
  sessions.leave(member, 'id');
  expect(notes).toEqual(['join id', 'release id']);
});

test('Sessions tell once of the end of a session that was used here, and of no other', () => {
  const { ended, notes, sessions } = begin();
  const member = new Member();
  sessions.enter(member, 'used', false);
  const used = sessions.use('used');
  sessions.leave(member, 'used');
  sessions.enter(new Member(), 'unused', true);
  for (const id of ['used', 'used', 'unused', 'unknown']) sessions.takeNotice('ended', id, NOTHING);
  expect(ended).toEqual(['used']);
  notes.length = 0;
  expect(sessions.use('used')).not.toBe(used);
  expect(notes).toEqual(['visit used']);
});

test('Sessions send what is told to their open sockets of the session', () => {
  const { sessions } = begin();
  const [a, b, early, other] = [new Member(), new Member(), new Member(), new Member()];
  early.state = 'connecting';
  for (const member of [a, b, early]) sessions.enter(member, 'id', false);
  sessions.enter(other, 'other', false);
  sessions.takeNotice('told', 'id', Buffer.from('packet'));
  expect([a, b, early, other].map(({ heard }) => heard)).toEqual([['packet'], ['packet'], [], []]);
});

test('Sessions gather the sockets that came before anybody asked, and after', async () => {
  const { sessions } = begin();
  const [a, b, c] = [new Member(), new Member(), new Member()];
  sessions.enter(a, 'id', false);
  sessions.enter(b, 'id', true);
  const session = sessions.use('id');
  sessions.enter(c, 'id', true);
  expect(await session.getSockets()).toEqual([a, b, c]);
  sessions.leave(a, 'id');
  expect(await session.getSockets()).toEqual([b, c]);
});

test('Sessions make ids that name their worker', () => {
  expect(begin().sessions.makeId()).toMatch(/^[0-9a-f]{32}_7$/);
});
