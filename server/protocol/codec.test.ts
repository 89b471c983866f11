import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  encodeEvent,
  encodePublication,
  encodeResponse,
  isCall,
  isEvent,
  isResponse,
  parse,
} from './codec.ts';

test('parse() returns undefined for text that is no JSON object or array', () => {
  for (const text of ['', '#1', '42', '"text"', 'null', 'true', '{', '[1', '{"a":}', '   ']) {
    expect(parse(text)).toBeUndefined();
  }
});

test('parse() takes white space, indentation and any key order', () => {
  expect(parse(' \n\t{ "cid": 1,\r\n "event": "x" }')).toEqual({ cid: 1, event: 'x' });
});

test('parse() never throws and agrees with JSON.parse on objects and arrays', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      const parsed = parse(text);
      if (parsed !== undefined) {
        expect(parsed).toEqual(JSON.parse(text));
        expect(typeof parsed).toBe('object');
      }
    }),
  );
});

test('parse() keeps __proto__ an ordinary key', () => {
  expect(Object.keys(parse('{"event":"x","__proto__":{"polluted":true}}') as object)).toContain('__proto__');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('parse() returns undefined for what is nested deeper than 1,000 levels, and counts no brackets in strings', () => {
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  expect(parse(nested(1_000))).toBeInstanceOf(Array);
  expect(parse(nested(1_001))).toBeUndefined();
  expect(parse(`{"a":1,${'"b":{'.repeat(1_000)}}${'}'.repeat(1_000)}`)).toBeUndefined();
  const brackets = JSON.stringify({ text: `\\"${'[{'.repeat(2_000)}\\`, ['"['.repeat(2_000)]: 1 });
  expect(parse(brackets)).toEqual(JSON.parse(brackets));
});

test('parse() takes long packets of any content', () => {
  const packet = fc.record({ event: fc.string(), data: fc.array(fc.string(), { minLength: 300 }) });
  fc.assert(
    fc.property(packet, (value) => {
      expect(parse(JSON.stringify(value))).toEqual(value);
    }),
    { numRuns: 50 },
  );
});

test('isEvent() wants a name of text and a cid that is a number, text or absent', () => {
  expect(isEvent({ event: 'x' })).toBe(true);
  expect(isEvent({ event: 'x', cid: 0 })).toBe(true);
  expect(isEvent({ event: 'x', cid: 'abc' })).toBe(true);
  expect(isEvent({ event: 'x', cid: null })).toBe(true);
  expect(isEvent({ event: 'x', cid: {} })).toBe(false);
  expect(isEvent(parse('{"event":"x","cid":1e400}'))).toBe(false); // a response could not say it
  expect(isEvent({ event: 1 })).toBe(false);
  expect(isEvent(null)).toBe(false);
});

test('isResponse() wants a rid', () => {
  expect(isResponse({ rid: 1 })).toBe(true);
  expect(isResponse({ rid: 'a', error: null })).toBe(true);
  expect(isResponse({ event: 'x' })).toBe(false);
});

test('isCall() takes 0 for a call and null for none', () => {
  expect(isCall({ event: 'x', cid: 0 })).toBe(true);
  expect(isCall({ event: 'x', cid: null })).toBe(false);
  expect(isCall({ event: 'x' })).toBe(false);
});

test('encodeEvent() leaves undefined data out and keeps null', () => {
  expect(encodeEvent('echo')).toBe('{"event":"echo"}');
  expect(encodeEvent('echo', null)).toBe('{"event":"echo","data":null}');
  expect(encodeEvent('echo', { a: 1 }, 2)).toBe('{"event":"echo","data":{"a":1},"cid":2}');
});

test('encodeEvent() sends bytes as base64 in an object', () => {
  const expected = '{"event":"b","data":{"base64":true,"data":"aGk="}}';
  expect(encodeEvent('b', Buffer.from('hi'))).toBe(expected);
  expect(encodeEvent('b', new Uint8Array([104, 105]).buffer)).toBe(expected);
});

test('encodeEvent() throws for data that cannot be JSON', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  expect(() => encodeEvent('x', circle)).toThrow(TypeError);
});

test('encodeResponse() gives the bare rid when there is nothing to say', () => {
  expect(encodeResponse(3)).toBe('{"rid":3}');
  expect(encodeResponse('abc', undefined, 1)).toBe('{"rid":"abc","data":1}');
  expect(encodeResponse(5, { message: 'boom' })).toBe('{"rid":5,"error":{"message":"boom"}}');
});

test('encodePublication() has the shape every client knows', () => {
  expect(encodePublication('foo', { n: 1 })).toBe(
    '{"event":"#publish","data":{"channel":"foo","data":{"n":1}}}',
  );
  expect(encodePublication('foo')).toBe('{"event":"#publish","data":{"channel":"foo"}}');
});
