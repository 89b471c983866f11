import { expect, test, vi } from 'vitest';
import { Revocations } from './revocations.ts';
import type { Payload } from './signer.ts';
import { subjectOfClaims, subjectOfToken } from './subject.ts';

function begin() {
  const clock = { now: 100 };
  const changed = vi.fn();
  const revocations = new Revocations(changed, () => clock.now);
  const covers = (payload: Payload, digest = 'other') => revocations.cover({ payload, digest: () => digest });
  return { changed, clock, covers, revocations };
}

const bob = (issuedUntil: number, until = 200) => ({
  subject: subjectOfClaims({ sub: 'bob' }),
  issuedUntil,
  until,
});

test('Revocations cover one token and no other', () => {
  const { covers, revocations } = begin();
  revocations.take([{ subject: subjectOfToken('digest'), issuedUntil: 100, until: 200 }]);
  expect(covers({ sub: 'bob', iat: 300 }, 'digest')).toBe(true);
  expect(covers({ sub: 'bob', iat: 50 })).toBe(false);
});

test('Revocations cover tokens with a claim that were issued until then, or do not say when', () => {
  const { covers, revocations } = begin();
  revocations.take([bob(100.5)]);
  expect(covers({ sub: 'bob', iat: 100 })).toBe(true);
  expect(covers({ sub: 'bob' })).toBe(true);
  expect(covers({ sub: 'bob', iat: 'soon' })).toBe(true);
  expect(covers({ sub: 'bob', iat: 100.501 })).toBe(false);
  expect(covers({ sub: 'eve', iat: 1 })).toBe(false);
  expect(covers({ iat: 1 })).toBe(false);
  revocations.take([bob(101)]);
  expect(covers({ sub: 'bob', iat: 100.501 })).toBe(true);
});

test('Revocations want all claims of a revocation, and take any of several', () => {
  const { covers, revocations } = begin();
  const both = subjectOfClaims({ sub: 'bob', device: 1 });
  revocations.take([
    { subject: both, issuedUntil: 100, until: 200 },
    { subject: subjectOfClaims({ jti: 'x' }), issuedUntil: 100, until: 200 },
  ]);
  expect(covers({ sub: 'bob', iat: 1 })).toBe(false);
  expect(covers({ sub: 'bob', device: '1', iat: 1 })).toBe(false);
  expect(covers({ sub: 'bob', device: 1, iat: 1 })).toBe(true);
  expect(covers({ jti: 'x', iat: 1 })).toBe(true);
});

test('Revocations tell of what is new once, and forget it in time', () => {
  const { changed, clock, covers, revocations } = begin();
  revocations.take([bob(100)]);
  revocations.take([bob(100), bob(90)]);
  revocations.take([]);
  expect(changed).toHaveBeenCalledOnce();
  expect(revocations.size).toBe(1);
  clock.now = 200;
  expect(covers({ sub: 'bob', iat: 1 })).toBe(false);
  expect(revocations.size).toBe(0);
  revocations.take([bob(200, 300)]);
  expect(covers({ sub: 'bob', iat: 1 })).toBe(true);
});

test('claimsRevokedAt() gives the last time the claims of a payload were revoked', () => {
  const { revocations } = begin();
  expect(revocations.claimsRevokedAt({ sub: 'bob' })).toBe(Number.NEGATIVE_INFINITY);
  revocations.take([bob(100.5), { ...bob(90), subject: subjectOfClaims({ role: 'admin' }) }]);
  expect(revocations.claimsRevokedAt({ sub: 'bob', role: 'admin' })).toBe(100.5);
  expect(revocations.claimsRevokedAt({ role: 'admin' })).toBe(90);
});
