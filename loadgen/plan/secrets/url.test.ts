import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactUrl } from './url.ts';

test.each([
  ['ws://host:80/path/', 'ws://host:80/path/'],
  ['wss://host/?room=7&v=2#top', 'wss://host/?room=7&v=2#top'],
  ['ws://host/?token=abc', 'ws://host/?token=[redacted]'],
  ['ws://host/?a=1&access_token=a=b&b=2', 'ws://host/?a=1&access_token=[redacted]&b=2'],
  ['ws://host/?a=1;Api-Key=x#session=y', 'ws://host/?a=1;Api-Key=[redacted]#session=[redacted]'],
  ['ws://host/?%74oken=abc&%zz=1', 'ws://host/?%74oken=[redacted]&%zz=1'],
  ['ws://host/?token=', 'ws://host/?token='],
  ['wss://anna:pw@host/a@b', 'wss://[redacted]@host/a@b'],
  ['wss://anna@host/', 'wss://[redacted]@host/'],
  ['ws://anna:p/w@host/', 'ws://[redacted]@host/'],
  ['ws://anna:p?w@host/', 'ws://[redacted]@host/'],
  ['ws:anna:pw@host/', '[redacted]@host/'],
  ['anna:pw@host:80', '[redacted]@host:80'],
  ['/users/@me?v=1', '/users/@me?v=1'],
  ['/login?token=abc', '/login?token=[redacted]'],
])('redactUrl() makes of %s what may be shown', (url, shown) => {
  expect(redactUrl(url)).toBe(shown);
});

test('redactUrl() lets no password and no token through, whatever they are', () => {
  const secret = fc.stringMatching(/^[\w.~!$*'(),:%+-]{1,20}$/).map((text) => `S${text}S`);
  fc.assert(
    fc.property(secret, secret, (password, token) => {
      const shown = redactUrl(`wss://anna:${password}@host/?a=1&token=${token}&b=2`);
      expect(shown).toBe('wss://[redacted]@host/?a=1&token=[redacted]&b=2');
    }),
  );
});
