/** Where options come from besides code: a JSON file and the environment. Later ones win: file, environment, flags. */
import { readFileSync } from 'node:fs';
import { ClusterError } from '../errors/index.ts';

/** Environment variables of SocketCluster's own templates and the options they set. */
const variables: Readonly<Record<string, string>> = {
  SOCKETCLUSTER_APP_NAME: 'appName',
  SOCKETCLUSTER_BROKERS: 'brokers',
  SOCKETCLUSTER_LOG_LEVEL: 'logLevel',
  SOCKETCLUSTER_PORT: 'port',
  SOCKETCLUSTER_SOCKET_CHANNEL_LIMIT: 'socketChannelLimit',
  SOCKETCLUSTER_WORKERS: 'workers',
  SOCKETCLUSTER_WORKER_CONTROLLER: 'workerController',
  SOCKETCLUSTER_WS_ENGINE: 'wsEngine',
};

/** Options the environment sets. `SOCKETCLUSTER_OPTIONS` holds a JSON object of any of them. */
export function optionsFromEnvironment(environment: NodeJS.ProcessEnv): Record<string, unknown> {
  const all = environment['SOCKETCLUSTER_OPTIONS'];
  const options = all === undefined ? {} : parseObject(all, 'environment variable "SOCKETCLUSTER_OPTIONS"');
  for (const [variable, option] of Object.entries(variables)) {
    const value = environment[variable];
    if (value !== undefined && value !== '') {
      options[option] = /^\d+$/.test(value) ? Number(value) : value;
    }
  }
  return options;
}

/** Options in a JSON file. */
export function optionsFromFile(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ClusterError(`Cannot read options file "${path}"`, { code: 'OPTION_INVALID', cause: error });
  }
  return parseObject(text, `options file "${path}"`);
}

function parseObject(text: string, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ClusterError(`Cannot read ${where}: it is not JSON`, { code: 'OPTION_INVALID', cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ClusterError(`Cannot read ${where}: it holds no JSON object`, { code: 'OPTION_INVALID' });
  }
  return { ...value };
}
