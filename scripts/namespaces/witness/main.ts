/**
 * A client on a host: it listens to a channel, and publishes numbers there at an even pace while it is told to. It is
 * the published client, so that nothing of ours is on both ends.
 *
 *   node main.js '{"hostname":"10.77.0.1","port":8000,"channel":"news","name":"one","everyMs":10}'
 *
 * Lines on standard input tell it what to do: `publish`, `pause`, `tell`. It says `ready`, and answers `tell` with JSON.
 */
import { createInterface } from 'node:readline';
import { type AGClientSocket, create } from 'socketcluster-client';
import { type Account, Tally } from './tally.ts';

/** What it is started with. */
interface Setting {
  hostname: string;
  port: number;
  channel: string;
  name: string;
  everyMs: number;
}

const { hostname, port, channel, name, everyMs } = JSON.parse(process.argv[2] ?? '{}') as Setting;
const tallies = new Map<string, Tally>();
let published = 0;
let confirmed = 0;
let lost = 0;
let timer: NodeJS.Timeout | undefined;

const socket = create({ hostname, port });
void listen(socket);
void count(socket.listener('disconnect'), () => {
  lost += 1;
});
createInterface(process.stdin).on('line', take);

async function listen(client: AGClientSocket): Promise<void> {
  const subscription = client.subscribe(channel);
  void count(subscription.listener('subscribe'), () => process.stdout.write('ready\n'));
  for await (const data of subscription) {
    const { from, number } = data as { from: string; number: number };
    const tally = tallies.get(from) ?? new Tally();
    tallies.set(from, tally);
    tally.note(number, performance.now());
  }
}

async function count(stream: AsyncIterable<unknown>, each: () => void): Promise<void> {
  for await (const _ of stream) each();
}

function take(line: string): void {
  if (line === 'publish') timer ??= setInterval(publish, everyMs);
  else if (line === 'pause') {
    clearInterval(timer);
    timer = undefined;
  } else if (line === 'tell') process.stdout.write(`${JSON.stringify(tell())}\n`);
}

function publish(): void {
  published += 1;
  void socket.invokePublish(channel, { from: name, number: published }).then(() => {
    confirmed += 1;
  });
}

function tell(): Account {
  const heard = Object.fromEntries([...tallies].map(([from, tally]) => [from, tally.tell()]));
  return { published, confirmed, heard, lost };
}
