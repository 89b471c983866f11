import { expect, test } from 'vitest';
import { Answers, type Listener } from './answers.ts';

interface Ear extends Listener {
  readonly heard: string[];
}

function scene() {
  const answers = new Answers<Ear>('pong');
  const join = (): Ear => {
    const heard: string[] = [];
    return { heard, send: (text) => void heard.push(text) };
  };
  return { answers, one: join(), two: join() };
}

const publication = '{"event":"#publish","data":{"channel":"bench/0","data":{"n":1}}}';

test('Answers answers handshakes, calls and events as SocketCluster does', () => {
  const { answers, one } = scene();
  answers.hear(one, '{"event":"#handshake","data":{"authToken":null},"cid":1}');
  answers.hear(one, '{"event":"add","data":{"a":1},"cid":1000000000}');
  answers.hear(one, '{"event":"ping","data":{}}');
  expect(JSON.parse(one.heard[0] ?? '')).toMatchObject({ rid: 1, data: { isAuthenticated: false } });
  expect(one.heard.slice(1)).toEqual(['{"rid":1000000000}', '{"event":"pong","data":{"count":1}}']);
});

test('Answers counts the events it answers, as load processes count an answer with the same number once', () => {
  const { answers, one, two } = scene();
  for (const each of [one, two, one]) answers.hear(each, '{"event":"ping","data":{}}');
  const countIn = (text: string): number => JSON.parse(text).data.count;
  expect([one.heard.map(countIn), two.heard.map(countIn)]).toEqual([[1, 3], [2]]);
});

test('Answers hands a publication to all subscribers of its channel, its publisher among them, and to no others', () => {
  const { answers, one, two } = scene();
  answers.hear(one, '{"event":"#subscribe","data":{"channel":"bench/0"},"cid":3}');
  answers.hear(two, '{"event":"#subscribe","data":{"channel":"bench/1"},"cid":4}');
  answers.hear(one, publication);
  expect(one.heard).toEqual(['{"rid":3}', publication]);
  expect(two.heard).toEqual(['{"rid":4}']);
});

test('Answers confirms a publication that is a call, and delivers it without its number', () => {
  const { answers, one, two } = scene();
  answers.hear(two, '{"event":"#subscribe","data":{"channel":"bench/0"},"cid":3}');
  answers.hear(one, publication.replace(/}$/, ',"cid":9}'));
  expect(one.heard).toEqual(['{"rid":9}']);
  expect(two.heard.slice(1)).toEqual([publication]);
});

test('Answers delivers nothing to who has left the channel or is gone', () => {
  const { answers, one, two } = scene();
  for (const each of [one, two]) {
    answers.hear(each, '{"event":"#subscribe","data":{"channel":"bench/0"},"cid":3}');
  }
  answers.hear(one, '{"event":"#unsubscribe","data":{"channel":"bench/0"},"cid":4}');
  answers.forget(two);
  answers.hear(one, publication);
  expect([one.heard, two.heard]).toEqual([['{"rid":3}', '{"rid":4}'], ['{"rid":3}']]);
});

test('Answers echoes what is no packet', () => {
  const { answers, one } = scene();
  for (const text of ['hello', '{"id":7}']) answers.hear(one, text);
  expect(one.heard).toEqual(['hello', '{"id":7}']);
});
