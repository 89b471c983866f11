import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { makeServer } from '../testing.ts';
import type { Session } from './session.ts';
import { Visitors } from './visitors.ts';

const ID = `${'a'.repeat(32)}_3`;

function begin({ addSessionToHTTPRequest = true, isUpgradeSeen = true } = {}) {
  const server = makeServer();
  const visitors = new Visitors(server.sessions, server, {
    appName: 'app',
    addSessionToHTTPRequest,
    isUpgradeSeen: () => isUpgradeSeen,
  });
  const ask = (headers: IncomingMessage['headers'] = {}, isSecure = false) => {
    const request = new IncomingMessage(Object.assign(new Socket(), isSecure ? { encrypted: true } : {}));
    Object.assign(request.headers, headers);
    return request as IncomingMessage & {
      session: Session;
      global: unknown;
      exchange: unknown;
      remoteAddress: string;
      renewSession(): Promise<Session>;
    };
  };
  return { ask, server, visitors };
}

test('upgrade() takes a client for a new one unless it shows a good cookie', () => {
  const { ask, visitors } = begin();
  expect(visitors.upgrade(ask({ cookie: `n/app/ssid=${ID}` }), '')).toEqual({
    from: expect.any(Function),
    id: ID,
    isReturning: true,
    headers: [],
  });
  for (const cookie of [undefined, 'n/app/ssid=forged', `n/other/ssid=${ID}`]) {
    const { id, isReturning, headers } = visitors.upgrade(ask(cookie === undefined ? {} : { cookie }), '');
    expect(isReturning).toBe(false);
    expect(headers).toEqual([`Set-Cookie: n/app/ssid=${id}; Path=/; HttpOnly; SameSite=Lax`]);
  }
});

test('upgrade() keeps the cookie on secure connections, its own and those of a balancer', () => {
  const { ask, visitors } = begin();
  for (const request of [ask({}, true), ask({ 'x-forwarded-proto': 'https' })]) {
    expect(visitors.upgrade(request, '').headers[0]).toMatch(/; Secure$/);
  }
});

test('upgrade() gives middleware the session of the request', async () => {
  const { ask, server, visitors } = begin();
  const request = ask({ cookie: `n/app/ssid=${ID}` });
  visitors.upgrade(request, '10.0.0.1');
  expect(request).toMatchObject({ remoteAddress: '10.0.0.1' });
  expect([request.global, request.exchange]).toEqual([server.global, server.exchange]);
  await request.session.set('a', 1);
  expect(await server.sessions.use(ID).get('a')).toBe(1);
});

test('upgrade() leaves a request alone that no middleware will see', () => {
  const { ask, visitors } = begin({ isUpgradeSeen: false });
  const request = ask();
  visitors.upgrade(request, '');
  expect(['session', 'global'].filter((name) => name in request)).toEqual([]);
});

test('receive() gives a new browser its cookie and leaves one that has it alone', () => {
  const { ask, visitors } = begin();
  const [fresh, known] = [ask(), ask({ cookie: `n/app/ssid=${ID}` })];
  const answers = [fresh, known].map((request) => {
    const response = new ServerResponse(request);
    visitors.receive(request, response, '');
    return response.getHeader('set-cookie');
  });
  expect(answers).toEqual([expect.stringContaining(`n/app/ssid=${fresh.session.id};`), undefined]);
  expect(known.session.id).toBe(ID);
});

test('receive() lets a framework put a session of its own in place', () => {
  const { ask, visitors } = begin();
  const request = ask();
  visitors.receive(request, new ServerResponse(request), '');
  Object.assign(request, { session: 'own' });
  expect(request.session).toBe('own');
});

test('receive() adds neither session nor cookie when the option says so', () => {
  const { ask, server, visitors } = begin({ addSessionToHTTPRequest: false });
  const request = ask();
  const response = new ServerResponse(request);
  visitors.receive(request, response, '10.0.0.1');
  expect(response.getHeader('set-cookie')).toBeUndefined();
  expect(request.session).toBeUndefined();
  expect(request).toMatchObject({ global: server.global, remoteAddress: '10.0.0.1' });
});

test('renewSession() moves what a session keeps to an id that only the browser gets to know', async () => {
  const { ask, server, visitors } = begin();
  const request = ask({ cookie: `n/app/ssid=${ID}` });
  const response = new ServerResponse(request);
  visitors.receive(request, response, '');
  await request.session.set('cart', [1]);
  await request.session.setAuth({ name: 'bob' });
  const renewed = await request.renewSession();
  expect(renewed.id).not.toBe(ID);
  expect(request.session).toBe(renewed);
  expect(response.getHeader('set-cookie')).toContain(`n/app/ssid=${renewed.id};`);
  expect([await renewed.get('cart'), await renewed.getAuth()]).toEqual([[1], { name: 'bob' }]);
  const planted = server.sessions.use(ID);
  expect([await planted.getAll(), await planted.getAuth()]).toEqual([{}, undefined]);
});

test('from() keeps what handshake middleware has put on the request', () => {
  const { ask, visitors } = begin();
  const request = Object.assign(ask(), { url: '/' });
  const { from } = visitors.upgrade(request, '10.0.0.1');
  Object.assign(request, { user: 'bob' });
  expect(from?.()).toMatchObject({ origin: { user: 'bob', url: '/' } });
});
