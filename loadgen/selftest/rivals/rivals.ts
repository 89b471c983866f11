/** Others beside us: the same servers by HTTP, measured by autocannon. Nothing is judged by it. */
import { performance } from 'node:perf_hooks';
import type { Case } from '../cases/index.ts';
import { startPathologicalServer } from '../server/index.ts';
import { type Reported, runAutocannon } from './autocannon.ts';

/** What somebody else says of a server of ours. */
export interface Rival {
  /** Name of the case. */
  name: string;
  title: string;
  tool: string;
  reported: Reported;
}

/** Cases that HTTP has too: it knows no workers, and autocannon sends in bursts where the queue wants chance. */
const COMPARED = ['one-stall', 'fixed', 'exponential'];

const CONNECTIONS = 10;
const PER_SECOND = 200;

/** Measures what can be compared, with autocannon's correction and without it. */
export async function measureRivals(
  cases: readonly Case[],
  seconds: number,
  say: (text: string) => void,
): Promise<Rival[]> {
  const rivals: Rival[] = [];
  for (const tested of cases.filter(({ name }) => COMPARED.includes(name))) {
    for (const corrects of [true, false]) {
      say(`${tested.title}, autocannon ${corrects ? 'as it is' : 'without its correction'}`);
      rivals.push(await measureRival(tested, seconds, corrects));
    }
  }
  return rivals;
}

async function measureRival(tested: Case, seconds: number, corrects: boolean): Promise<Rival> {
  const server = await startPathologicalServer({ pathology: tested.pathology, seed: 1 });
  try {
    const from = performance.timeOrigin + performance.now();
    server.begin({ from, until: from + seconds * 1_000 });
    const url = `http://127.0.0.1:${server.port}/`;
    const extent = { seconds, connections: CONNECTIONS, perSecond: PER_SECOND };
    const reported = await runAutocannon({ url, ...extent, corrects });
    const tool = corrects ? 'autocannon' : 'autocannon, no correction';
    return { name: tested.name, title: tested.title, tool, reported };
  } finally {
    await server.stop();
  }
}
