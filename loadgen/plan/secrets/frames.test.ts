import { expect, test } from 'vitest';
import { createFrameRedaction } from './frames.ts';

test('createFrameRedaction() shows that there was a login and an answer, and nothing that was said in them', () => {
  const redact = createFrameRedaction({
    login: { event: 'login', data: { name: 'anna', word: 'open sesame' } },
  });
  const shown = [
    redact('out', '{"event":"#handshake","data":{"authToken":null},"cid":1}'),
    redact('in', '{"rid":1,"data":{"id":"x","isAuthenticated":false}}'),
    redact('out', '{"event":"login","data":{"name":"anna","word":"open sesame"},"cid":2}'),
    redact('in', '{"event":"#setAuthToken","data":{"token":"abc"},"cid":9}'),
    redact('in', '{"rid":2,"data":"abc"}'),
    redact('in', '{"rid":2,"data":"later"}'),
    redact('in', '{"event":"welcome","data":"anna said open sesame"}'),
    redact('out', '{"event":"#handshake","data":{"authToken":"abc"},"cid":1}'),
  ];
  expect(shown).toEqual([
    '{"event":"#handshake","data":{"authToken":null},"cid":1}',
    '{"rid":1,"data":{"id":"x","isAuthenticated":false}}',
    '{"event":"login","data":"[redacted]","cid":2}',
    '{"event":"#setAuthToken","data":{"token":"[redacted]"},"cid":9}',
    '{"rid":2,"data":"[redacted]"}',
    '{"rid":2,"data":"later"}',
    '{"event":"welcome","data":"[redacted] said [redacted]"}',
    '{"event":"#handshake","data":{"authToken":"[redacted]"},"cid":1}',
  ]);
});

test('createFrameRedaction() leaves frames without secrets as they are', () => {
  const redact = createFrameRedaction({});
  for (const text of ['', '#1', '{"event":"ping","data": {"a":1.0}}', '{not json', '[1, 2]', 'null']) {
    expect([redact('in', text), redact('out', text)]).toEqual([text, text]);
  }
});
