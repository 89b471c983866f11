/** The part of the conformance script that is about tokens: offered, given, refused, kept, taken away, given up. */
import { expect } from 'vitest';
import { type Meeting, TokenKeeper, until } from './testing.ts';

/** The cases, by what the client does. */
export const tokenCases: Record<string, (meeting: Meeting) => Promise<void>> = {
  async 'connects without the bad token it offered, and loses it'({ connect, token }) {
    const { status, tokens } = await connect(new TokenKeeper(token('foreign')));
    expect(status).toMatchObject({
      isAuthenticated: false,
      authError: { name: 'AuthTokenInvalidError', message: 'invalid signature' },
    });
    await until(() => expect(tokens.token).toBe(null));
  },

  async 'connects without the expired token it offered, and loses it'({ connect, token }) {
    const { status, tokens } = await connect(new TokenKeeper(token('expired')));
    expect(status).toMatchObject({
      isAuthenticated: false,
      authError: { name: 'AuthTokenExpiredError', message: 'jwt expired', expiry: expect.any(String) },
    });
    await until(() => expect(tokens.token).toBe(null));
  },

  async 'authenticates with a good token'({ connect, token }) {
    const { client, tokens } = await connect();
    await client.authenticate(token('good'));
    expect(await client.call('who')).toBe('alice');
    await until(() => expect(tokens.token).toBe(token('good')));
  },

  async 'is refused with a bad token'({ connect, token }) {
    const { client, tokens } = await connect(new TokenKeeper(token('good')));
    expect(await client.call('who')).toBe('alice');
    await expect(client.authenticate(token('foreign'))).rejects.toMatchObject({
      name: 'AuthTokenInvalidError',
    });
    expect(await client.call('who')).toBe(null);
    await until(() => expect(tokens.token).toBe(null));
  },

  async 'keeps the token the server gave, and is known by it when it returns'({ connect }) {
    const { client, tokens } = await connect();
    await client.call('login', 'bob');
    await until(() => expect(tokens.token).not.toBe(null));
    const payload = Buffer.from(tokens.token!.split('.')[1]!, 'base64url').toString();
    expect(JSON.parse(payload)).toEqual({
      username: 'bob',
      iat: expect.any(Number),
      exp: expect.any(Number),
    });
    const again = await connect(tokens);
    expect(again.status).toMatchObject({ isAuthenticated: true });
    expect(await again.client.call('who')).toBe('bob');
  },

  async 'loses its token by the word of the server'({ connect, token }) {
    const { client, tokens } = await connect(new TokenKeeper(token('good')));
    await client.call('log out');
    await until(() => expect(tokens.token).toBe(null));
    expect(await client.call('who')).toBe(null);
  },

  async 'gives its token up'({ connect, token }) {
    const { client, tokens } = await connect(new TokenKeeper(token('good')));
    client.deauthenticate();
    expect(await client.call('who')).toBe(null);
    expect(tokens.token).toBe(null);
  },
};
