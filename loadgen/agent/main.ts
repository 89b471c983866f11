/**
 * Entry of a load process. Its parent sends the share with `start`, gets `ready`, fixes the common start
 * with `go`, and then gets a window a second and the totals at last.
 */
import { lookup } from 'node:dns/promises';
import { type Message, runChild } from '../../server/process/index.ts';
import { addressesTowards, onProcessClock, takePrecedence } from '../host/index.ts';
import type { Share, TargetAddress } from '../plan/index.ts';
import { chooseAlarm, choosePrecedence } from './alarm/index.ts';
import type { AgentReady, AgentReport, EndsReport } from './messages.ts';
import { prepareShare, type ShareRun } from './run-share.ts';

let run: ShareRun | undefined;

const parent = runChild<Share>({
  async start(share): Promise<AgentReady> {
    // Looked up once: every user asking for itself would measure the name service.
    const { target } = share;
    const address = await addressOf(target.host);
    for (const other of target.others ?? []) other.address = await addressOf(other.host);
    if (share.sourceAddresses.length === 0) share.sourceAddresses = await addressesTo(address, target);
    const report = (line: AgentReport): void => parent.send(line);
    const precedence = takePrecedence(choosePrecedence(share.plan));
    const createAlarm = chooseAlarm(share.plan, share.processes);
    run = await prepareShare({ share, address, report, createAlarm });
    void run.done.then(endQuietly);
    return { users: run.users, precedence, sourceAddresses: share.sourceAddresses };
  },

  async stop() {
    run?.abort();
    await run?.done;
  },

  survive: (error) => run?.survive(error) ?? false,

  message(message) {
    if (message.type === 'go') begin(message);
    if (message.type === 'ends') run?.learn(message as Message & EndsReport);
    if (message.type === 'abort') run?.abort();
  },
});

async function addressOf(host: string): Promise<string> {
  return (await lookup(host)).address;
}

/** What this host has to connect from, if all hosts of the target are reached the same way. */
async function addressesTo(first: string, { others = [] }: TargetAddress): Promise<string[]> {
  const all = [first, ...others.flatMap(({ address = [] }) => address)];
  const [found = [], ...further] = await Promise.all(all.map(addressesTowards));
  return further.every((each) => each.join() === found.join()) ? found : [];
}

function begin({ at, monotonicMs }: Message): void {
  run?.go(Number(at), monotonicMs === undefined ? undefined : onProcessClock(Number(monotonicMs)));
}

/** With the connections closed, only the line to the parent keeps the process; it ends when that has sent all. */
function endQuietly(): void {
  process.channel?.unref();
}
