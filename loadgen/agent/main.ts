/**
 * Entry of a load process. Its parent sends the share with `start`, gets `ready`, fixes the common start
 * with `go`, and then gets a window a second and the totals at last.
 */
import { lookup } from 'node:dns/promises';
import { type Message, runChild } from '../../server/process/index.ts';
import { takePrecedence } from '../host/index.ts';
import type { Share } from '../plan/index.ts';
import { chooseAlarm, choosePrecedence } from './alarm/index.ts';
import type { AgentReady, AgentReport, EndsReport } from './messages.ts';
import { prepareShare, type ShareRun } from './run-share.ts';

let run: ShareRun | undefined;

const parent = runChild<Share>({
  async start(share): Promise<AgentReady> {
    // Looked up once: every user asking for itself would measure the name service.
    const { address } = await lookup(share.target.host);
    const report = (line: AgentReport): void => parent.send(line);
    const precedence = takePrecedence(choosePrecedence(share.plan, share.processes));
    const createAlarm = chooseAlarm(share.plan, share.processes);
    run = await prepareShare({ share, address, report, createAlarm });
    void run.done.then(endQuietly);
    return { users: run.users, precedence };
  },

  async stop() {
    run?.abort();
    await run?.done;
  },

  survive: (error) => run?.survive(error) ?? false,

  message(message) {
    if (message.type === 'go') run?.go(Number(message['at']));
    if (message.type === 'ends') run?.learn(message as Message & EndsReport);
    if (message.type === 'abort') run?.abort();
  },
});

/** With the connections closed, only the line to the parent keeps the process; it ends when that has sent all. */
function endQuietly(): void {
  process.channel?.unref();
}
