/** What users make of a target with mistakes, or an evil one: the drivers, the crew and behaviours of their own at once. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { noise } from '../drivers/socketcluster/testing.ts';
import { startTarget } from '../drivers/testing.ts';
import type { PlannedBehaviour } from '../plan/index.ts';
import { channels, groupOf } from '../plan/testing.ts';
import { busyPings, finish, shareOf, twentyASecond } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'noise-'));
const file = join(folder, 'own.mjs');
writeFileSync(
  file,
  `export async function behaviour(user) {
    user.on('news', (data) => data.pieces.length);
    void user.subscribe('bench/0', (data) => data.pieces.length);
    for await (const due of user.turns(0.05)) void user.call('call', 1, due);
  }`,
);
afterAll(() => rmSync(folder, { recursive: true }));

const turns = { every: twentyASecond, model: 'open' } as const;
const packets: PlannedBehaviour[] = [
  busyPings,
  { kind: 'calls', event: 'call', payload: 1, ...turns },
  channels({ channels: 2, subscriptions: 2, publishers: 1, every: twentyASecond }),
  { kind: 'custom', file, options: null },
];
const texts = ['', 'id'].map(
  (correlate): PlannedBehaviour => ({ kind: 'messages', message: '{"id":{{id}}}', correlate, ...turns }),
);
const reconnects = { initial: 0.02, randomness: 0, multiplier: 1, most: 0.02 };

test.each([
  ['socketcluster', packets],
  ['socketcluster-client', packets],
  ['websocket', texts],
] as const)(
  'ShareRun counts whatever a target sends to users of "%s", and goes on to balanced books',
  async (driver, behaviours) => {
    const sounds = fc.sample(noise, { numRuns: 500, seed: 7 });
    let sent = 0;
    let handshakes = 0;
    const target = await startTarget({
      onPacket(socket, packet) {
        // Most are to get in, so that there is somebody to hear it.
        if (packet.event === '#handshake') handshakes += 1;
        const isSpared = packet.event === '#handshake' && handshakes % 4 !== 0;
        for (let count = isSpared ? 2 : 0; count < 2; count += 1) {
          const sound = sounds[sent % sounds.length] ?? expect.fail();
          socket.send(sound, { binary: sent % 3 === 0 });
          sent += 1;
        }
        if (driver === 'websocket') socket.send(JSON.stringify(packet));
        return driver === 'websocket';
      },
    });
    const users = 20 / behaviours.length;
    const groups = behaviours.map((behaviour, n) => groupOf({ name: `g${n}`, users, behaviour, reconnects }));
    const { sums, windows } = await finish(shareOf(target.port, { groups, drain: 1, share: { driver } }));
    await target.close();
    const ends = windows.flatMap(({ users: { failed, dropped } }) => [
      ...Object.keys(failed),
      ...Object.keys(dropped),
    ]);
    expect(sent).toBeGreaterThan(100);
    expect(sums.connected).toBeGreaterThanOrEqual(15);
    expect(ends).not.toContain('internal');
    if (driver !== 'websocket') expect(ends).toContain('protocol');
  },
);
