/** What a process is started with for each tool, and where that puts what it collects. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { entry } from '../../server/process/index.ts';
import type { Profile } from '../results/index.ts';
import { type Clinic, findClinic } from './clinic.ts';

export type ToolName = Profile['tool'];

/** All tools. */
export const toolNames: readonly ToolName[] = ['doctor', 'flame', 'bubbleprof', 'heapprofiler', 'cpu'];

/** Flags of Node and names in the environment that make a process collect. */
export interface Collecting {
  nodeOptions: readonly string[];
  environment: Readonly<Record<string, string>>;
}

/** What clinic calls that which is collected. */
export const DATA_NAME = 'collected';

/** Between two samples of the doctor, as clinic has it, milliseconds. */
const DOCTOR_SAMPLE_MS = 10;

/**
 * Makes a process collect in a folder.
 * @throws ClusterError `OPTION_INVALID` when the tool is not installed.
 */
export function collectWith(tool: ToolName, folder: string, find: () => Clinic = findClinic): Collecting {
  return collectors[tool](folder, find);
}

const collectors: Record<ToolName, (folder: string, find: () => Clinic) => Collecting> = {
  cpu: (folder) => ({ nodeOptions: ['--cpu-prof', `--cpu-prof-dir=${folder}`], environment: {} }),
  // Two tools in one: V8's own log is collected, and made a page of by clinic, which has to be there.
  flame: (folder, find) => {
    find();
    return { nodeOptions: ['--prof', `--logfile=${join(folder, '%p-v8.log')}`], environment: {} };
  },
  doctor: (folder, find) => ({
    nodeOptions: [...preload(find().locate('@clinic/doctor', 'injects/sampler.js')), ...trace('v8', folder)],
    environment: {
      NODE_CLINIC_DOCTOR_DATA_PATH: folder,
      NODE_CLINIC_DOCTOR_NAME: DATA_NAME,
      NODE_CLINIC_DOCTOR_SAMPLE_INTERVAL: String(DOCTOR_SAMPLE_MS),
      NODE_CLINIC_DOCTOR_TIMEOUT_DELAY: '0',
      NODE_CLINIC_DOCTOR_COLLECT_LOOP_UTILIZATION: 'true',
    },
  }),
  bubbleprof: (folder, find) => ({
    nodeOptions: [
      ...preload(find().locate('@clinic/bubbleprof', 'injects/logger.js')),
      ...trace('node.async_hooks', folder),
    ],
    environment: { NODE_CLINIC_BUBBLEPROF_DATA_PATH: folder, NODE_CLINIC_BUBBLEPROF_NAME: DATA_NAME },
  }),
  heapprofiler: (folder, find) => ({
    nodeOptions: preload(find().locate('@clinic/heap-profiler', 'src/injects/ipc.js')),
    environment: {
      HEAP_PROFILER_PATH: folder,
      HEAP_PROFILER_NAME: DATA_NAME,
      HEAP_PROFILER_PRELOADER_DISABLED: 'true',
    },
  }),
};

/** Loads a file of clinic's, and ours that lets it finish. */
function preload(file: string): string[] {
  return ['--require', file, '--import', pathToFileURL(entry('loadgen/profile/main.js')).href];
}

/** Has Node write what it traces beside the rest. */
function trace(categories: string, folder: string): string[] {
  const pattern = join(folder, 'node_trace.$' + '{rotation}.log');
  return ['--trace-event-categories', categories, '--trace-event-file-pattern', pattern];
}
