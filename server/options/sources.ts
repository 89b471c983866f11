/** Where options come from besides code: a JSON file and the environment. Later ones win: file, environment, flags. */
import { readFileSync } from 'node:fs';
import { ClusterError } from '../errors/index.ts';

/** Environment variables of SocketCluster's own templates, the options they set, and what these hold. */
const variables = [
  ['SOCKETCLUSTER_APP_NAME', 'appName', 'text'],
  ['SOCKETCLUSTER_BROKER_CONTROLLER', 'brokerController', 'text'],
  ['SOCKETCLUSTER_BROKERS', 'brokers', 'number'],
  ['SOCKETCLUSTER_LOG_LEVEL', 'logLevel', 'number'],
  ['SOCKETCLUSTER_PORT', 'port', 'number'],
  ['SOCKETCLUSTER_SOCKET_CHANNEL_LIMIT', 'socketChannelLimit', 'number'],
  ['SOCKETCLUSTER_WORKERS', 'workers', 'number'],
  ['SOCKETCLUSTER_WORKER_CONTROLLER', 'workerController', 'text'],
  ['SOCKETCLUSTER_WS_ENGINE', 'wsEngine', 'text'],
] as const;

/**
 * Options the environment sets. `SOCKETCLUSTER_OPTIONS` holds a JSON object of any of them; a variable of
 * its own wins. An empty variable counts as absent.
 *
 * @throws ClusterError OPTION_INVALID when `SOCKETCLUSTER_OPTIONS` is no JSON object.
 */
export function optionsFromEnvironment(environment: NodeJS.ProcessEnv): Record<string, unknown> {
  const all = environment['SOCKETCLUSTER_OPTIONS'];
  const options = isEmpty(all) ? {} : parseObject(all, 'environment variable "SOCKETCLUSTER_OPTIONS"');
  for (const [variable, option, kind] of variables) {
    const value = environment[variable];
    if (!isEmpty(value)) {
      // What should be a number and is none stays as it is, for the check of all options to name it.
      options[option] = kind === 'number' && /^\d+$/.test(value) ? Number(value) : value;
    }
  }
  return options;
}

/**
 * Options in a JSON file.
 *
 * @throws ClusterError OPTION_INVALID when it cannot be read or is no JSON object.
 */
export function optionsFromFile(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ClusterError(`Cannot read options file "${path}": ${why}`, {
      code: 'OPTION_INVALID',
      cause: error,
    });
  }
  return parseObject(text, `options file "${path}"`);
}

function isEmpty(value: string | undefined): value is undefined | '' {
  return value === undefined || value === '';
}

function parseObject(text: string, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ClusterError(`Cannot read ${where}: it is not JSON from line ${lineOfFault(text)} on`, {
      code: 'OPTION_INVALID',
      cause: error,
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ClusterError(`Cannot read ${where}: it holds no JSON object`, { code: 'OPTION_INVALID' });
  }
  return { ...value };
}

/** The line in which text stops to be the beginning of any JSON. Node does not always say it, and then quotes. */
export function lineOfFault(text: string): number {
  const lines = text.split('\n');
  const line = lines.findIndex((_, index) => !isBeginning(lines.slice(0, index + 1).join('\n')));
  return line === -1 ? lines.length : line + 1;
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const { message } = error as SyntaxError;
    const position = Number(/at position (\d+)/.exec(message)?.[1]);
    return text.trim() === '' || message.includes('end of JSON input') || position >= text.length;
  }
}
