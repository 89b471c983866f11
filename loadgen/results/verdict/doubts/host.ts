/** Whether the host, apart from the generator, may have made the figures wrong. */
import type { Summary } from '../../summary.ts';

/** Percent of the host's time taken by its neighbours. */
const MOST_STEAL_PERCENT = 10;

/** Percent of the time of a busy host taken by processes that are none of the run's. */
const MOST_OTHERS_PERCENT = 10;

/** Percent of segments sent again: from there on the p99 tells of the network. */
const MOST_RETRANSMITTED_PERCENT = 1;

/** Percent of a table of the kernel; a full one turns connections and packets away without a word. */
const FULLEST_PERCENT = 95;

/** Sentences for each way in which the host may have spoilt a run. */
export function doubtsOfHost({ host }: Summary): string[] {
  const reasons: string[] = [];
  if (host.stealPercent > MOST_STEAL_PERCENT) {
    reasons.push(`The host lost ${host.stealPercent.toFixed(0)} % of its time to its neighbours`);
  }
  const { othersPercent = 0 } = host;
  if (othersPercent > MOST_OTHERS_PERCENT) {
    reasons.push(
      `Others took ${othersPercent.toFixed(0)} % of the host's processors, and there was little left: the target may have waited for them`,
    );
  }
  if (host.retransmittedPercent > MOST_RETRANSMITTED_PERCENT) {
    reasons.push(`The host had to send ${host.retransmittedPercent.toFixed(1)} % of all TCP segments again`);
  }
  const tables: [name: string, percent: number][] = [
    ['connections that the firewall follows (nf_conntrack_max)', host.conntrackPercent],
    ['open files (fs.file-max)', host.filesPercent],
    ['memory of TCP (net.ipv4.tcp_mem)', host.socketMemoryPercent],
  ];
  for (const [name, full] of tables) {
    if (full > FULLEST_PERCENT) reasons.push(`The host's table of ${name} was ${full.toFixed(0)} % full`);
  }
  return reasons;
}
