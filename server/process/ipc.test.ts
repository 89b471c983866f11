import { expect, test } from 'vitest';
import { isMessage, post } from './ipc.ts';

const broken = () => {
  throw new TypeError('Converting circular structure to JSON');
};

test('post() turns what cannot be written as JSON into an error that names the message', () => {
  expect(() => post({ connected: true, send: broken }, { type: 'news' })).toThrow(
    'Cannot send message "news" to another process: Converting circular structure to JSON',
  );
});

test('post() drops a message to a side that is gone and says it is settled', () => {
  let settled = 0;
  post({ connected: false, send: broken }, { type: 'news' }, () => (settled += 1));
  post({ connected: true }, { type: 'news' }, () => (settled += 1));
  expect(settled).toBe(2);
});

test('post() settles once the message has left, even if the other side died meanwhile', () => {
  const sent: object[] = [];
  let tell: ((error: Error | null) => void) | undefined;
  let settled = 0;
  const send = (message: object, _handle: undefined, _options: undefined, done: typeof tell) => {
    sent.push(message);
    tell = done;
    return true;
  };
  post({ connected: true, send }, { type: 'news' }, () => (settled += 1));
  expect([sent, settled]).toEqual([[{ type: 'news' }], 0]);
  tell?.(new Error('EPIPE'));
  expect(settled).toBe(1);
});

test('isMessage() takes objects with a text for type and nothing else', () => {
  expect([{ type: 'ready' }, { type: 1 }, {}, null, 'ready', undefined].map(isMessage)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});
