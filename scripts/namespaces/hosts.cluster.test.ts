/**
 * What crosses between two hosts of the server, seen by the published client. Their line to each other can be cut while
 * their clients stay. Needs root on Linux, iproute2 and nats-server.
 */
import { type ChildProcess, execFile } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import type { Host } from './index.ts';
import { ADMIN, dist, LONG, openHosts, PATIENCE, PUBLIC, root } from './testing.ts';
import type { Account } from './witness/tally.ts';

const run = promisify(execFile);
const CUT_MS = 10_000;
const EVERY_MS = 10;

/** A client and what it says. */
class Witness {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  #waiting: ((line: string) => void) | undefined;

  constructor(host: Host, server: Host, name: string) {
    const setting = {
      hostname: server.address('front'),
      port: PUBLIC,
      channel: 'news',
      name,
      everyMs: EVERY_MS,
    };
    const file = join(dist, 'scripts/namespaces/witness/main.js');
    this.#child = host.start(process.execPath, [file, JSON.stringify(setting)], { cwd: root });
    this.#child.stderr?.pipe(process.stderr);
    createInterface(this.#child.stdout!).on('line', (line) => {
      if (this.#waiting === undefined) this.#lines.push(line);
      else this.#waiting(line);
      this.#waiting = undefined;
    });
  }

  say(word: 'publish' | 'pause'): void {
    this.#child.stdin!.write(`${word}\n`);
  }

  /** Resolves with the next line. */
  async line(): Promise<string> {
    return this.#lines.shift() ?? new Promise((resolve) => (this.#waiting = resolve));
  }

  async tell(): Promise<Account> {
    this.#child.stdin!.write('tell\n');
    return JSON.parse(await this.line()) as Account;
  }
}

/** What the brokers of a host count, added up. */
async function countersOf(server: Host, from: Host): Promise<Record<string, number>> {
  const url = `http://${server.address('front')}:${ADMIN}/state`;
  const code = `fetch('${url}').then((answer) => answer.text()).then(console.log)`;
  const [program, args] = from.command(process.execPath, ['-e', code]);
  const { processes } = JSON.parse((await run(program, args)).stdout) as {
    processes: { role: string; counters: Record<string, number> }[];
  };
  const sums: Record<string, number> = {};
  for (const { counters } of processes.filter(({ role }) => role === 'broker')) {
    for (const [name, count] of Object.entries(counters)) sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}

async function openWitnesses() {
  const { servers, agents } = await openHosts('scenarios/controllers/channels.js');
  // On each server one who speaks and one who only listens, on different hosts.
  const witnesses = {
    one: new Witness(agents[0], servers[0], 'one'),
    two: new Witness(agents[1], servers[1], 'two'),
    besideOne: new Witness(agents[1], servers[0], 'beside one'),
    besideTwo: new Witness(agents[0], servers[1], 'beside two'),
  };
  const all = Object.values(witnesses);
  expect(await Promise.all(all.map((each) => each.line()))).toEqual(Array(4).fill('ready'));
  return { servers, agents, all, ...witnesses };
}

/** Waits until a listener has heard the last number of a publisher. */
async function caughtUp(listener: Witness, speaker: Witness, name: string): Promise<void> {
  const { published } = await speaker.tell();
  await vi.waitFor(async () => expect((await listener.tell()).heard[name]?.last).toBe(published), PATIENCE);
}

const NOTHING_WRONG = { missing: 0, duplicated: 0, reordered: 0 };

test(
  'a publication on one host reaches subscribers on both, once and in order; a cut between them stops nothing on either, and what did not cross is counted exactly',
  LONG,
  async () => {
    const { servers, agents, all, one, two, besideOne, besideTwo } = await openWitnesses();
    one.say('publish');
    two.say('publish');
    for (const listener of all) {
      await vi.waitFor(async () => {
        const { heard } = await listener.tell();
        expect(Math.min(heard['one']?.received ?? 0, heard['two']?.received ?? 0)).toBeGreaterThan(300);
      }, PATIENCE);
      const { heard, lost } = await listener.tell();
      expect([heard['one'], heard['two'], lost]).toMatchObject([NOTHING_WRONG, NOTHING_WRONG, 0]);
    }

    await servers[1].cut('back');
    const before = (await one.tell()).published;
    await pause(CUT_MS);
    const during = (await one.tell()).published;
    expect(during).toBeGreaterThan(before + 100);
    await vi.waitFor(async () => {
      expect((await besideOne.tell()).heard['one']!.last).toBeGreaterThanOrEqual(during);
    }, PATIENCE);
    const [here, there] = [await besideOne.tell(), await besideTwo.tell()];
    await servers[1].restore('back');
    expect(there.heard['one']!.last).toBeLessThanOrEqual(before);

    const [hereBefore, thereBefore] = [here.heard['two']!.received, there.heard['one']!.received];
    await vi.waitFor(async () => {
      expect((await besideOne.tell()).heard['two']!.received).toBeGreaterThan(hereBefore + 100);
      expect((await besideTwo.tell()).heard['one']!.received).toBeGreaterThan(thereBefore + 100);
    }, PATIENCE);
    one.say('pause');
    two.say('pause');

    for (const listener of all) {
      await caughtUp(listener, one, 'one');
      await caughtUp(listener, two, 'two');
    }
    const counters = await Promise.all(servers.map((server) => countersOf(server, agents[0])));
    const rows = [
      { who: 'one, on its own host', speaker: one, name: 'one', listener: besideOne, missed: 0 },
      { who: 'two, on its own host', speaker: two, name: 'two', listener: besideTwo, missed: 0 },
      {
        who: 'one, from the other',
        speaker: one,
        name: 'one',
        listener: besideTwo,
        missed: counters[1]?.['crossingsMissed'],
      },
      {
        who: 'two, from the other',
        speaker: two,
        name: 'two',
        listener: besideOne,
        missed: counters[0]?.['crossingsMissed'],
      },
    ];
    const table = [
      '| publisher, listener | published | heard | missing | twice | out of order | silent, ms |',
    ];
    for (const { who, speaker, name, listener, missed } of rows) {
      const { published, confirmed } = await speaker.tell();
      const { heard, lost } = await listener.tell();
      const { received, missing, duplicated, reordered, longestSilenceMs } = heard[name]!;
      const cells = [who, published, received, missing, duplicated, reordered, Math.round(longestSilenceMs)];
      table.push(`| ${cells.join(' | ')} |`);
      expect({ who, received, missing, duplicated, reordered, confirmed, lost }).toEqual({
        who,
        received: published - missing,
        missing: missed,
        duplicated: 0,
        reordered: 0,
        confirmed: published,
        lost: 0,
      });
      // Longer than a busy machine stands still, shorter than the cut.
      if (missed === 0) expect(longestSilenceMs, who).toBeLessThan(CUT_MS / 2);
    }
    console.log(table.join('\n'));
  },
);
