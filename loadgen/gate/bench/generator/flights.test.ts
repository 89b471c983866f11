import { expect, test } from 'vitest';
import { Flights } from './flights.ts';

test('Flights counts a message as answered with the last part of its answer', () => {
  const flights = new Flights(2);
  const number = flights.send(1.5);
  expect(flights.take(number)).toBeNaN();
  expect(flights.underWay).toBe(1);
  expect(flights.take(number)).toBe(1.5);
  expect(flights.underWay).toBe(0);
  expect(flights.tally).toEqual({ sent: 1, answered: 1, dropped: 0, lost: 0, duplicated: 0 });
});

test('Flights counts what comes after the last part as duplicated', () => {
  const flights = new Flights(1);
  const number = flights.send(0);
  flights.take(number);
  expect(flights.take(number)).toBeNaN();
  expect(flights.tally).toMatchObject({ answered: 1, duplicated: 1 });
});

test('Flights.giveUp() loses what is under way, and what comes later changes nothing', () => {
  const flights = new Flights(1);
  const [first, second, third] = [flights.send(0), flights.send(0), flights.send(0)];
  flights.take(first);
  flights.drop(second);
  flights.giveUp();
  flights.giveUp();
  flights.take(third);
  flights.drop(third);
  expect(flights.tally).toEqual({ sent: 3, answered: 1, dropped: 1, lost: 1, duplicated: 0 });
});

test('Flights ignores answers to what was never sent', () => {
  const flights = new Flights(1);
  expect(flights.take(0)).toBeNaN();
  flights.drop(7);
  expect(flights.tally).toEqual({ sent: 0, answered: 0, dropped: 0, lost: 0, duplicated: 0 });
});

test('Flights loses the oldest when more are under way than it can remember', () => {
  const flights = new Flights(1);
  const most = 1 << 17;
  for (let left = most; left > 0; left -= 1) flights.send(0);
  expect(flights.tally.lost).toBe(0);
  flights.send(0);
  expect(flights.tally.lost).toBe(1);
  expect(flights.take(0)).toBeNaN();
  expect(flights.tally).toMatchObject({ answered: 0, duplicated: 0 });
});
