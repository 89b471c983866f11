import { expect, type TestContext, test, vi } from 'vitest';
import { serveAgent } from '../../agent-host/index.ts';
import { bundleOf } from '../../bundle/testing.ts';
import { type Bus, joinBus, parseBusUrl } from '../../bus/index.ts';
import { freePort, startNats, type TestNats } from '../../bus/testing.ts';
import { FACT, startTarget } from '../../drivers/testing.ts';
import { type Engagement, type Hired, hireAgents } from './hire.ts';

const engagement: Engagement = { scenario: 's', users: 100, leastProcesses: 1, loopback: true };
const never = new AbortController().signal;

/** A bus with agents of its own, and whom they were hired by: concurrent tests share nothing but the machine. */
class Exchange {
  readonly nats: TestNats;
  /** What agents said, by name. */
  readonly said: Record<string, string[]> = {};
  readonly #ending = new AbortController();
  readonly #agents: { bus: Bus; served: Promise<void> }[] = [];
  readonly #hired: Hired[] = [];

  private constructor(nats: TestNats) {
    this.nats = nats;
  }

  /** Starts one; it ends with the test whose `onTestFinished` is given. */
  static async open({ onTestFinished }: Pick<TestContext, 'onTestFinished'>): Promise<Exchange> {
    const exchange = new Exchange(await startNats());
    onTestFinished(() => exchange.#close());
    return exchange;
  }

  async serve(...names: string[]): Promise<void> {
    for (const name of names) {
      const bus = await joinBus(parseBusUrl(this.nats.url), name);
      const words: string[] = [];
      this.said[name] = words;
      const { signal } = this.#ending;
      const served = serveAgent({ bus, name, say: (text) => words.push(text), signal });
      this.#agents.push({ bus, served });
      await vi.waitFor(() => expect(words).toHaveLength(1), FACT);
    }
  }

  async hire(changes: Partial<Engagement> = {}, least = 1): Promise<Hired> {
    const address = parseBusUrl(this.nats.url);
    const made = await hireAgents({ address, least }, { ...engagement, ...changes }, never);
    this.#hired.push(made);
    return made;
  }

  async #close(): Promise<void> {
    for (const each of this.#hired) await each.release();
    this.#ending.abort();
    for (const { served, bus } of this.#agents) {
      await served;
      await bus.close();
    }
    await this.nats.kill();
  }
}

test.concurrent('hireAgents() hires all that answer, deals the users out and knows their clocks', async (context) => {
  const exchange = await Exchange.open(context);
  await exchange.serve('b', 'a');
  const made = await exchange.hire({ leastProcesses: 4 }, 2);
  expect(made.fit).toMatchObject({ processes: 4, usersPerProcess: 25, problems: [] });
  const facts = made.facts();
  expect(facts.map(({ name, processes }) => [name, processes])).toEqual([
    ['a', [0, 1]],
    ['b', [2, 3]],
  ]);
  for (const { clock } of facts) {
    expect(Math.abs(clock.offsetMs)).toBeLessThan(1_000);
    expect(clock.errorMs).toBeLessThan(50);
  }
  expect(made.clockErrors()).toHaveLength(2);
  await made.release();
  await vi.waitFor(() => expect(exchange.said['a']?.at(-1)).toMatch(/^Done for .* with "s"$/), FACT);
  expect((await exchange.hire()).fit.hands).toHaveLength(2);
});

test.concurrent('hireAgents() uses nobody when one cannot be used, and both sides say why', async (context) => {
  const exchange = await Exchange.open(context);
  await exchange.serve('a');
  await exchange.hire();
  await exchange.serve('b');
  await expect(exchange.hire({ scenario: 'second' })).rejects.toMatchObject({
    code: 'AGENT_UNFIT',
    message: expect.stringMatching(/^Cannot use agent "a": it works for .* with "s", wanted is a free one$/),
  });
  await vi.waitFor(
    () => expect(exchange.said['a']?.at(-1)).toMatch(/^Not used by .*: Cannot use agent "a": it works for /),
    FACT,
  );
  expect(exchange.said['b']).toHaveLength(1);
});

test.concurrent('hireAgents() refuses two agents of one name', async (context) => {
  const exchange = await Exchange.open(context);
  await exchange.serve('a', 'a');
  await expect(exchange.hire()).rejects.toMatchObject({
    message: 'Cannot use agent "a": another one has the same name, wanted is a "--name" of its own',
  });
});

test.concurrent('hireAgents() refuses what the hosts cannot carry', async (context) => {
  const exchange = await Exchange.open(context);
  await exchange.serve('a');
  await expect(exchange.hire({ users: 2, leastProcesses: 9 })).rejects.toMatchObject({
    code: 'LIMIT_EXCEEDED',
  });
  expect((await exchange.hire()).fit.processes).toBe(1);
});

test.concurrent('hireAgents() says that NATS is not there', async () => {
  const address = parseBusUrl(`nats://127.0.0.1:${await freePort()}`);
  await expect(hireAgents({ address }, engagement, never)).rejects.toMatchObject({ code: 'BUS_UNREACHABLE' });
});

test.concurrent('hireAgents() says that nobody answers', async (context) => {
  const exchange = await Exchange.open(context);
  await expect(
    hireAgents({ address: parseBusUrl(exchange.nats.url) }, engagement, never),
  ).rejects.toMatchObject({
    code: 'AGENT_UNFIT',
    message: expect.stringMatching(/: none answers, wanted is one started with "scbench agent --nats …"$/),
  });
});

test.concurrent('Hired.agree() passes on that an agent cannot reach the target', async (context) => {
  const exchange = await Exchange.open(context);
  await exchange.serve('a');
  const made = await exchange.hire();
  const target = await startTarget();
  const address = { host: '127.0.0.1', port: target.port, path: '/', secure: false };
  await made.agree(bundleOf({ target: address }));
  await target.close();
  await expect(made.agree(bundleOf({ target: address }))).rejects.toMatchObject({
    code: 'TARGET_UNREACHABLE',
    message: `Agent "a" refused: Cannot reach the target "127.0.0.1:${address.port}": ECONNREFUSED`,
  });
});
