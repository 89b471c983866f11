import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Heartbeat, type Pulse, ticks } from './heartbeat.ts';

class FakePulse implements Pulse {
  state: Pulse['state'] = 'open';
  lastHeard = 0;
  isPaused = false;
  pings: number[] = [];
  closedWith: string | undefined;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  ping(): void {
    this.pings.push(this.#now());
  }

  checkToken(): void {}

  looks: number[] = [];

  checkCalls(tick: number): number {
    this.looks.push(tick);
    return this.looks.length === 1 ? 150 : 0;
  }

  close(name: string): void {
    this.closedWith = name;
    this.state = 'closed';
  }
}

let heartbeat: Heartbeat;

beforeEach(() => {
  vi.useFakeTimers();
  heartbeat = new Heartbeat({ pingInterval: 1_000, pingTimeout: 2_500, handshakeTimeout: 3_000 });
});

afterEach(() => {
  heartbeat.stop();
  vi.useRealTimers();
});

const pulse = (): FakePulse => new FakePulse(() => heartbeat.now);

test('Heartbeat pings a living socket once per interval', () => {
  const socket = pulse();
  heartbeat.add(socket);
  for (let tick = 0; tick < 50; tick += 1) {
    vi.advanceTimersByTime(100);
    socket.lastHeard = heartbeat.now;
  }
  expect(socket.pings.length).toBeGreaterThanOrEqual(4);
  const gaps = socket.pings.slice(1).map((tick, index) => tick - (socket.pings[index] ?? 0));
  expect(new Set(gaps)).toEqual(new Set([10]));
});

test('Heartbeat closes a socket that has been silent for the ping time-out', () => {
  const socket = pulse();
  heartbeat.add(socket);
  vi.advanceTimersByTime(2_400);
  expect(socket.closedWith).toBeUndefined();
  vi.advanceTimersByTime(200);
  expect(socket.closedWith).toBe('pongTimeout');
});

test('Heartbeat closes a socket that does no handshake, and pings it never', () => {
  const socket = pulse();
  socket.state = 'connecting';
  heartbeat.add(socket);
  vi.advanceTimersByTime(2_900);
  expect(socket.closedWith).toBeUndefined();
  vi.advanceTimersByTime(200);
  expect(socket.closedWith).toBe('handshakeTimeout');
  expect(socket.pings).toEqual([]);
});

test('Heartbeat spreads the first pings of sockets that came together', () => {
  const sockets = Array.from({ length: 100 }, pulse);
  for (const socket of sockets) {
    heartbeat.add(socket);
  }
  vi.advanceTimersByTime(1_000);
  const perTick = new Map<number, number>();
  for (const socket of sockets) {
    const first = socket.pings[0] ?? -1;
    perTick.set(first, (perTick.get(first) ?? 0) + 1);
  }
  expect(perTick.size).toBe(10);
  expect(Math.max(...perTick.values())).toBeLessThanOrEqual(12);
});

test('Heartbeat spreads them also over an interval that is longer than the time for a handshake', () => {
  heartbeat.stop();
  heartbeat = new Heartbeat({ pingInterval: 2_500, pingTimeout: 6_000, handshakeTimeout: 1_000 });
  const sockets = Array.from({ length: 100 }, pulse);
  const shy = pulse();
  shy.state = 'connecting';
  for (const socket of [...sockets, shy]) heartbeat.add(socket);
  vi.advanceTimersByTime(2_500);
  const firsts = sockets.map(({ pings }) => pings[0] ?? -1);
  const perTick = firsts.map((tick) => firsts.filter((other) => other === tick).length);
  expect(Math.min(...firsts)).toBe(1);
  expect(Math.max(...perTick)).toBeLessThanOrEqual(6);
  expect(shy.closedWith).toBe('handshakeTimeout');
});

test('Heartbeat lets go of a closed socket', () => {
  const socket = pulse();
  heartbeat.add(socket);
  socket.state = 'closed';
  vi.advanceTimersByTime(10_000);
  expect(socket).toMatchObject({ pings: [], closedWith: undefined });
});

test('Heartbeat makes up for skipped ticks, but does not take a standstill for silence of the clients', () => {
  const socket = pulse();
  heartbeat.add(socket);
  const start = performance.now();
  const now = vi.spyOn(performance, 'now');
  onTestFinished(() => now.mockRestore());
  now.mockReturnValue(start + 800);
  vi.advanceTimersByTime(100);
  expect(heartbeat.now).toBe(8);
  now.mockReturnValue(start + 60_000);
  vi.advanceTimersByTime(100);
  expect(heartbeat.now).toBe(18);
  expect(socket.closedWith).toBeUndefined();
  now.mockReturnValue(start + 60_100);
  vi.advanceTimersByTime(100);
  expect(heartbeat.now).toBe(19);
});

test('Heartbeat looks at the calls of a socket when asked to, and on for as long as some wait', () => {
  const socket = pulse();
  heartbeat.remind(socket, 3);
  vi.advanceTimersByTime(20_000);
  // A wait longer than the wheel takes more than one look, but no later one.
  expect(socket.looks).toEqual([3, 103]);
  expect(socket.pings).toEqual([]);
});

test('Heartbeat counts whom it closed', () => {
  const [silent, shy] = [pulse(), pulse()];
  shy.state = 'connecting';
  heartbeat.add(silent);
  heartbeat.add(shy);
  vi.advanceTimersByTime(4_000);
  expect(heartbeat.timeouts).toEqual({ pongTimeouts: 1, handshakeTimeouts: 1 });
});

test('ticks() rounds up and is at least one', () => {
  expect([ticks(1), ticks(100), ticks(101), ticks(8_000)]).toEqual([1, 1, 2, 80]);
});

test('Heartbeat keeps a silent socket when it is told to, and goes on pinging it', () => {
  heartbeat.stop();
  heartbeat = new Heartbeat({
    pingInterval: 1_000,
    pingTimeout: 2_500,
    handshakeTimeout: 3_000,
    pingTimeoutDisabled: true,
  });
  const socket = pulse();
  heartbeat.add(socket);
  vi.advanceTimersByTime(60_000);
  expect(socket.closedWith).toBeUndefined();
  expect(socket.pings.length).toBeGreaterThan(50);
});
