import jwt from 'jsonwebtoken';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryStore, type Store } from '../../broker/index.ts';
import { Auth, type Holder } from './auth.ts';
import { digestOf } from './subject.ts';

const OPTIONS = { authKey: 'secret', authDefaultExpiry: 60, authCacheSize: 10 };

/** A holder that keeps its token until it is told to let go. */
class FakeHolder implements Holder {
  authToken: Record<string, unknown> | null;
  readonly tokenDigest: string;

  constructor(signed: string) {
    this.authToken = jwt.decode(signed) as Record<string, unknown>;
    this.tokenDigest = digestOf(signed);
  }

  deauthenticate(): void {
    this.authToken = null;
  }
}

function begin(options: Partial<typeof OPTIONS> = {}) {
  const holders: Holder[] = [];
  const auth = new Auth({ ...OPTIONS, ...options }, () => holders);
  auth.attach(createMemoryStore(() => {}, undefined, auth.revocations));
  const hold = (signed: string): FakeHolder => {
    const holder = new FakeHolder(signed);
    holders.push(holder);
    return holder;
  };
  return { auth, hold, holders };
}

/** A clock that the test moves, at a full second to begin with. */
function stopTime(): { pass(ms: number): void } {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
  onTestFinished(() => void vi.useRealTimers());
  return { pass: (ms) => void vi.setSystemTime(Date.now() + ms) };
}

const REVOKED = { isBadToken: true, error: { name: 'AuthTokenInvalidError', message: 'jwt revoked' } };

test('Auth checks the signature of a token once, and gives a payload of its own each time', () => {
  const verify = vi.spyOn(jwt, 'verify');
  onTestFinished(() => verify.mockRestore());
  const { auth } = begin();
  const signed = auth.sign({ roles: ['a'] });
  const first = auth.check(signed);
  (first.payload!['roles'] as string[]).push('b');
  expect(auth.check(signed).payload).toMatchObject({ roles: ['a'] });
  expect(verify).toHaveBeenCalledOnce();
});

test('Auth remembers no token that is bad, and none at all with a cache of 0', () => {
  const verify = vi.spyOn(jwt, 'verify');
  onTestFinished(() => verify.mockRestore());
  const { auth } = begin();
  const bad = jwt.sign({}, 'other');
  expect([auth.check(bad).payload, auth.check(bad).payload]).toEqual([undefined, undefined]);
  const without = begin({ authCacheSize: 0 }).auth;
  const signed = without.sign({});
  without.check(signed);
  without.check(signed);
  expect(verify).toHaveBeenCalledTimes(4);
});

test('Auth finds a remembered token expired when it is', () => {
  const time = stopTime();
  const { auth } = begin();
  const signed = auth.sign({}, { expiresIn: 10 });
  expect(auth.check(signed).payload).toBeDefined();
  time.pass(10_000);
  expect(auth.check(signed)).toMatchObject({ error: { name: 'AuthTokenExpiredError' } });
});

test('revokeToken() takes a token from all that hold it and refuses it from then on', async () => {
  const { auth, hold } = begin();
  const [mine, other] = [auth.sign({ sub: 'bob', n: 1 }), auth.sign({ sub: 'bob', n: 2 })];
  const [one, two, kept] = [hold(mine), hold(mine), hold(other)];
  expect(auth.check(mine).payload).toBeDefined();
  await auth.revokeToken(mine);
  expect([one.authToken, two.authToken]).toEqual([null, null]);
  expect(kept.authToken).not.toBeNull();
  expect(auth.check(mine)).toMatchObject(REVOKED);
  expect(auth.check(mine)).toMatchObject(REVOKED);
  expect(auth.check(other).payload).toMatchObject({ n: 2 });
});

test('revokeToken() takes a token that is for later, and remembers one until it expires', async () => {
  const time = stopTime();
  const { auth } = begin();
  const nbf = Date.now() / 1_000 + 10;
  const early = auth.sign({ nbf }, { expiresIn: 20 });
  await auth.revokeToken(early);
  time.pass(10_000);
  expect(auth.check(early)).toMatchObject(REVOKED);
  expect(auth.revocations.list()).toHaveLength(1);
  time.pass(10_000);
  expect(auth.check(early)).toMatchObject({ error: { name: 'AuthTokenExpiredError' } });
  expect(auth.revocations.list()).toEqual([]);
  await auth.revokeToken(early);
  expect(auth.revocations.list()).toEqual([]);
});

test('revokeToken() remembers a token without expiry for ever', async () => {
  const time = stopTime();
  const { auth } = begin();
  const endless = jwt.sign({ sub: 'bob' }, OPTIONS.authKey);
  await auth.revokeToken(endless);
  time.pass(10 ** 12);
  expect(auth.check(endless)).toMatchObject(REVOKED);
});

test('revokeToken() rejects what is no token of this key', async () => {
  const { auth } = begin();
  for (const wrong of ['nonsense', '', jwt.sign({}, 'other')]) {
    await expect(auth.revokeToken(wrong)).rejects.toThrow(TypeError);
  }
  expect(auth.revocations.list()).toEqual([]);
});

test('revokeTokens() refuses the tokens with a claim that were signed before, and none signed after', async () => {
  stopTime();
  const { auth, hold } = begin();
  const [before, other] = [auth.sign({ sub: 'bob' }), auth.sign({ sub: 'eve' })];
  const [bob, eve] = [hold(before), hold(other)];
  await auth.revokeTokens({ sub: 'bob' });
  const after = auth.sign({ sub: 'bob' }, { expiresIn: 30 });
  expect([bob.authToken === null, eve.authToken === null]).toEqual([true, false]);
  expect(auth.check(before)).toMatchObject(REVOKED);
  expect(auth.check(after).payload).toMatchObject({ sub: 'bob', exp: Date.now() / 1_000 + 30.001 });
  await auth.revokeTokens({ sub: 'bob' });
  expect(auth.check(other).payload).toBeDefined();
});

test('revokeTokens() refuses a token signed within the second of the revocation before', async () => {
  const time = stopTime();
  const { auth } = begin();
  await auth.revokeTokens({ sub: 'bob' });
  time.pass(100);
  const between = auth.sign({ sub: 'bob' });
  expect(auth.check(between).payload).toBeDefined();
  time.pass(100);
  await auth.revokeTokens({ sub: 'bob' });
  expect(auth.check(between)).toMatchObject(REVOKED);
});

test('sign() makes a new token of a payload whose token was revoked within the same second', async () => {
  stopTime();
  const { auth } = begin();
  const first = auth.sign({ sub: 'bob' });
  await auth.revokeToken(first);
  const second = auth.sign({ sub: 'bob' });
  await auth.revokeToken(second);
  const third = auth.sign({ sub: 'bob' });
  expect([first, second, third].map((signed) => auth.check(signed).payload !== undefined)).toEqual([
    false,
    false,
    true,
  ]);
});

test('sign() leaves a payload its own time of issue', async () => {
  const { auth } = begin();
  await auth.revokeTokens({ sub: 'bob' });
  expect(auth.check(auth.sign({ sub: 'bob', iat: Date.now() / 1_000 - 10 }))).toMatchObject(REVOKED);
});

test('revokeTokens() is remembered for the longest life there is to its knowledge', async () => {
  stopTime();
  const { auth } = begin();
  const start = Date.now() / 1_000;
  await auth.revokeTokens({ sub: 'a' });
  auth.check(auth.sign({}, { expiresIn: 500 }));
  await auth.revokeTokens({ sub: 'b' });
  await auth.revokeTokens({ sub: 'c' }, { longestLife: 900 });
  expect(auth.revocations.list().map(({ until }) => until - start)).toEqual([60, 500, 900]);
});

test('revokeTokens() rejects claims that cannot be compared', async () => {
  await expect(begin().auth.revokeTokens({})).rejects.toThrow(TypeError);
});

test('revokeToken() rejects when more is revoked than it can keep', async () => {
  const { auth } = begin();
  const until = Date.now() / 1_000 + 60;
  auth.revocations.take(
    Array.from({ length: 50_000 }, (_, index) => ({ subject: `[]\n["${index}"]`, issuedUntil: 0, until })),
  );
  await expect(auth.revokeToken(auth.sign({}))).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
});

test('revokeToken() rejects before the worker has brokers, and as its store does', async () => {
  const auth = new Auth(OPTIONS, () => []);
  await expect(auth.revokeToken(auth.sign({}))).rejects.toThrow('the worker has no brokers yet');
  auth.attach({ revoke: () => Promise.reject(new Error('planted')) } as unknown as Store);
  await expect(auth.revokeToken(auth.sign({}))).rejects.toThrow('planted');
});

test('revokeToken() takes the token from the others too when a listener throws', async () => {
  const planted = new Error('planted');
  const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
  const { auth, hold, holders } = begin();
  const signed = auth.sign({});
  holders.push(
    Object.assign(new FakeHolder(signed), {
      deauthenticate: () => {
        throw planted;
      },
    }),
  );
  const last = hold(signed);
  await auth.revokeToken(signed);
  expect(last.authToken).toBeNull();
  expect(await thrown).toBe(planted);
});

test('Auth takes no token for a known one that only says it comes from the same place', () => {
  const { auth } = begin();
  const claims = { iss: 'the cluster', sub: 'eve', iat: 1_700_000_000, exp: 9_999_999_999 };
  const made = (key: string, payload: object = claims): string => jwt.sign(payload, key, { keyid: 'k1' });
  const good = made('secret');
  expect([auth.check(good).payload, auth.check(good).payload]).toEqual([claims, claims]);
  const [header, payload] = good.split('.');
  const [, otherPayload, otherSignature] = made('other', { ...claims, sub: 'admin' }).split('.');
  for (const forged of [
    made('other'),
    made('other', { ...claims, iss: 'elsewhere' }),
    `${header}.${otherPayload}.${good.split('.')[2]}`,
    `${header}.${payload}.${otherSignature}`,
  ]) {
    expect(auth.check(forged)).toMatchObject({ error: { name: 'AuthTokenInvalidError' } });
  }
  expect(auth.check(good).payload).toEqual(claims);
});

test('revokeTokens() refuses claims that are no plain object, and a life that is none', async () => {
  const { auth } = begin();
  for (const claims of ['bob', ['a'], null, 5]) {
    await expect(auth.revokeTokens(claims as never)).rejects.toThrow(TypeError);
  }
  for (const longestLife of [-5, Number.NaN, Number.POSITIVE_INFINITY]) {
    await expect(auth.revokeTokens({ sub: 'bob' }, { longestLife })).rejects.toThrow(RangeError);
  }
});
