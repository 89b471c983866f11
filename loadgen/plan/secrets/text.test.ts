import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactData, redactHeaders, redactText } from './text.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJuYW1lIjoiYSJ9.c2lnbmF0dXJl';

test.each([
  ['nothing of the kind', 'nothing of the kind'],
  ['', ''],
  ['{ "a" : 1 }', '{ "a" : 1 }'],
  [
    '{"event":"login","data":{"password":"x","name":"a"}}',
    '{"event":"login","data":{"password":"[redacted]","name":"a"}}',
  ],
  [
    '{"pin":1234,"authToken":null,"isAuthenticated":false}',
    '{"pin":"[redacted]","authToken":null,"isAuthenticated":false}',
  ],
  ['[{"data":{"token":{"a":1}}}]', '[{"data":{"token":"[redacted]"}}]'],
  ['{"id":{{id}},"token":"a\\"b"}', '{"id":{{id}},"token":"[redacted]"}'],
  ['…"password": "cut of', '…"password": "[redacted]"'],
  ['{"text":"{\\"token\\":\\"x\\"}"}', '{"text":"{\\"token\\":\\"[redacted]\\"}"}'],
  [`it ended: ${jwt} is old`, 'it ended: [redacted] is old'],
  ['Authorization was Bearer abc.def', 'Authorization was Bearer [redacted]'],
  [
    'Cannot use target "ws://a:b@h/?token=x": why',
    'Cannot use target "ws://[redacted]@h/?token=[redacted]": why',
  ],
  ['--agents nats://ann:S@one:4222,tls://S@two', '--agents nats://[redacted]@one:4222,tls://[redacted]@two'],
])('redactText() makes of %j what may be shown', (text, shown) => {
  expect(redactText(text)).toBe(shown);
});

test('redactText() leaves JSON without secrets as it was written', () => {
  fc.assert(
    fc.property(fc.json({ depthSize: 'small' }), fc.boolean(), (text, isSpaced) => {
      const written = isSpaced ? JSON.stringify(JSON.parse(text), null, 2) : text;
      fc.pre(redactData(JSON.parse(text)) !== undefined && !/token|key|pass|sid|pin|auth/i.test(text));
      expect(redactText(written)).toBe(written);
    }),
  );
});

test('redactData() goes into everything, and takes whole what a secret name holds', () => {
  const data = {
    options: { authKey: 'k', secret: ['a', 'b'], workers: 2 },
    urls: ['ws://h/?token=x'],
    none: { token: null, password: '' },
  };
  expect(redactData(data)).toEqual({
    options: { authKey: '[redacted]', secret: '[redacted]', workers: 2 },
    urls: ['ws://h/?token=[redacted]'],
    none: { token: null, password: '' },
  });
});

test('redactHeaders() shows harmless values alone', () => {
  const headers = { Accept: '*/*', 'User-Agent': 'me', Authorization: 'Bearer x', 'X-Any': 'y' };
  expect(redactHeaders(headers)).toEqual({
    ...headers,
    Authorization: '[redacted]',
    'X-Any': '[redacted]',
  });
});
