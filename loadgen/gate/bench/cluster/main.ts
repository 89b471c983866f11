/** Entry of the master of a build: made as an application makes it, by the build's public door. */
import { pathToFileURL } from 'node:url';
import { ClusterError } from '../../../../server/errors/index.ts';
import { runChild } from '../../../../server/process/index.ts';

/** What is needed of a build's `SocketCluster`. */
interface Cluster {
  readonly port: number;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Build {
  SocketCluster: new (options: object) => Cluster;
}

let cluster: Cluster | undefined;

runChild<{ door: string; options: object }>({
  async start({ door, options }) {
    const { SocketCluster } = await load(door);
    cluster = new SocketCluster(options);
    await cluster.start();
    return { port: cluster.port };
  },
  async stop() {
    await cluster?.stop();
  },
});

/** A sentence is enough: what is missing is a build, not a line of its code. */
async function load(door: string): Promise<Build> {
  try {
    const build = (await import(pathToFileURL(door).href)) as Partial<Build>;
    if (build.SocketCluster !== undefined) return build as Build;
    throw new TypeError('it exports no SocketCluster');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ClusterError(why, { code: 'PROCESS_FAILED', cause: error });
  }
}
