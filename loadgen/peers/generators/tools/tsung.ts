/** Tsung, as Debian has it: XML in, a log out. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ClusterError } from '../../../../server/errors/index.ts';
import { QUESTION } from '../../clients/index.ts';
import { LONGEST_SECONDS, type Reported } from '../generator.ts';
import type { Task, Tool } from './tool.ts';

const COMMAND = 'tsung';
const CONFIGURATION = 'tsung.xml';
const LOGS = 'log';
/** Every single time, where others of its logs have means. */
const TIMES = 'tsung-fullstats.log';
/** Its users come at random: after so much longer than their mean time nobody is missing who was to come. */
const SLACK = { share: 1.5, seconds: 3 };

/** What there is to know of it, with its program under some name. */
export function tsungBy(command: string): Tool {
  return {
    name: 'tsung',
    setup:
      'Tsung of Debian, users in its controller, no web pages; for accuracy it writes down every time (fullstats), quantiles as its tsung_percentile.pl takes them',
    prepare: () => findTsung(command),
    order: (task, folder) => ({
      files: { [CONFIGURATION]: configurationOf(task) },
      words: [
        ...[command, '-f', join(folder, CONFIGURATION), '-l', join(folder, LOGS)],
        // By address, so that no name has to be resolved; without web pages; without waiting for other hosts.
        ...['-I', '127.0.0.1', '-n', '-w', '0', 'start'],
      ],
      // It makes a folder at home. The service that it leaves behind is ended by its mark.
      environment: { HOME: folder, ERL_EPMD_ADDRESS: '127.0.0.1' },
    }),
    async read(folder) {
      const [log = ''] = await readdir(join(folder, LOGS));
      return readTimes(await readFile(join(folder, LOGS, log, TIMES), 'utf8'));
    },
  };
}

/** The one that is measured. */
export const tsung = tsungBy(COMMAND);

async function findTsung(command: string): Promise<void> {
  try {
    await promisify(execFile)(command, ['-v']);
  } catch (error) {
    const wanted = `wanted on the path, for example by sudo apt-get install --no-install-recommends ${COMMAND}`;
    const sentence = `Cannot find the program "${command}" to compare with: ${wanted}`;
    throw new ClusterError(sentence, { code: 'PEERS_MISSING', cause: error });
  }
}

/** Writes a task as its configuration. */
export function configurationOf({ port, steps, perSecond, every, questions, isTimed }: Task): string {
  const all = steps.reduce((sum, { users }) => sum + users, 0);
  const phases = steps.map(({ users, hold }, index) => {
    const duration = Math.ceil((users / perSecond) * SLACK.share + SLACK.seconds + hold);
    const coming = `<users arrivalrate="${perSecond}" unit="second" maxnumber="${users}"/>`;
    return `<arrivalphase phase="${index + 1}" duration="${duration}" unit="second">${coming}</arrivalphase>`;
  });
  const ask = `<request><websocket type="message" ack="parse" frame="text">${QUESTION}</websocket></request>`;
  const turns =
    every === undefined
      ? think(LONGEST_SECONDS)
      : `<for from="1" to="${questions}" var="question">${ask}${think(every)}</for>`;
  return `<?xml version="1.0"?>
<!DOCTYPE tsung SYSTEM "/usr/share/tsung/tsung-1.0.dtd">
<tsung loglevel="error" backend="${isTimed ? 'fullstats' : 'text'}">
  <clients><client host="localhost" use_controller_vm="true" maxusers="${all}"/></clients>
  <servers><server host="127.0.0.1" port="${port}" type="tcp"/></servers>
  <load>${phases.join('')}</load>
  <sessions>
    <session name="users" probability="100" type="ts_websocket">
      <request><websocket type="connect" path="/"/></request>
      ${turns}
    </session>
  </sessions>
</tsung>
`;
}

function think(seconds: number): string {
  return `<thinktime value="${seconds}"/>`;
}

/**
 * Reads times of answers out of its log, in which Erlang has written them as terms: `{sample,request,[2.01,1.9]}`,
 * over several lines where they are many.
 *
 * @throws ClusterError PROCESS_FAILED when there are none.
 */
export function readTimes(log: string): Reported {
  const times = [...log.matchAll(/\{sample,request,\s*\[([^\]]*)\]\}/g)]
    .flatMap(([, list = '']) => list.split(','))
    .map(Number)
    .sort((a, b) => a - b);
  if (times.length === 0) {
    const sentence = 'Cannot read what Tsung reports: wanted times of requests, got none';
    throw new ClusterError(sentence, { code: 'PROCESS_FAILED' });
  }
  const quantile = (share: number): number => times[Math.trunc(share * (times.length - 1))] ?? Number.NaN;
  return { p50: quantile(0.5), p99: quantile(0.99) };
}
