/** What a tool collected → the file that people look at. */
import { readdirSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { entry } from '../../server/process/index.ts';
import { type Clinic, createVisualizer, findClinic } from './clinic.ts';
import { DATA_NAME, type ToolName } from './tools.ts';

/** Collected data and where the file is to be. */
interface Drawing {
  /** Where the tool collected. */
  folder: string;
  /** The file to make. */
  page: string;
  /** Length of the run, for the page to name. */
  seconds: number;
}

/** The name a tool's file ends in. */
export function extensionOf(tool: ToolName): string {
  return tool === 'cpu' ? 'cpuprofile' : 'html';
}

/** Makes the file. Rejects when the tool collected nothing, or nothing it understands. */
export async function drawProfile(tool: ToolName, drawing: Drawing): Promise<void> {
  if (tool === 'cpu') {
    await copyWhole(latest(drawing.folder, /\.cpuprofile$/), drawing.page);
    return;
  }
  const clinic = findClinic();
  await painters[tool](clinic, drawing);
  await keepOffline(drawing.page);
}

/** Node complains of a disk that is full, and leaves what fitted on it. */
async function copyWhole(profile: string, page: string): Promise<void> {
  const text = await readFile(profile, 'utf8');
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new Error('what the process left behind was cut short, as by a full disk', { cause });
  }
  await writeFile(page, text);
}

const painters: Record<Exclude<ToolName, 'cpu'>, (clinic: Clinic, drawing: Drawing) => Promise<void>> = {
  doctor: (clinic, drawing) => drawTraced(clinic, 'doctor', drawing),
  bubbleprof: (clinic, drawing) => drawTraced(clinic, 'bubbleprof', drawing),
  heapprofiler: (clinic, { folder, page }) =>
    paint(clinic, '@clinic/heap-profiler', latest(folder, /\.clinic-heapprofiler$/), page),
  flame: drawFlame,
};

/** Draws what two sources told: the tool inside the process, and the trace that Node wrote beside it. */
async function drawTraced(
  clinic: Clinic,
  tool: 'doctor' | 'bubbleprof',
  { folder, page }: Drawing,
): Promise<void> {
  latest(folder, /^node_trace\..*\.log$/);
  const name = `${DATA_NAME}.clinic-${tool}`;
  const join_ = clinic.load('@clinic/node-trace-log-join') as (
    pattern: string,
    output: string,
    done: (error?: Error | null) => void,
  ) => void;
  await promisify(join_)(join(folder, 'node_trace.*.log'), join(folder, name, `${name}-traceevent`));
  await paint(clinic, `@clinic/${tool}`, join(folder, name), page);
}

/** Draws V8's log, which 0x reads. */
async function drawFlame(clinic: Clinic, { folder, page, seconds }: Drawing): Promise<void> {
  const toTicks = clinic.load('0x/lib/v8-log-to-ticks') as (
    log: string,
    options: { pathToNodeBinary: string; collectDelay: number },
  ) => Promise<unknown[]>;
  const log = latest(folder, /-v8\.log$/);
  const ticks = await toTicks(log, { pathToNodeBinary: process.execPath, collectDelay: 0 });
  const name = `${DATA_NAME}.clinic-flame`;
  const data = join(folder, name);
  await mkdir(data);
  const write = (part: string, content: unknown): Promise<void> =>
    writeFile(join(data, `${name}-${part}`), JSON.stringify(content));
  await write('systeminfo', {
    mainDirectory: entry('..'),
    pathSeparator: sep,
    nodeVersions: process.versions,
  });
  // Which function was put into which would take a log of all source texts on the output of the process.
  await write('inlinedfunctions', {});
  await write('samples', ticks);
  await paint(clinic, '@clinic/flame', data, page, seconds);
}

async function paint(
  clinic: Clinic,
  name: string,
  data: string,
  page: string,
  seconds?: number,
): Promise<void> {
  const visualizer = createVisualizer(clinic, name);
  if (seconds !== undefined) visualizer.elapsedTime = seconds;
  await promisify(visualizer.visualize.bind(visualizer))(data, page);
}

/** Clinic's pages ask its makers for their fonts: those of the reader will do. */
async function keepOffline(page: string): Promise<void> {
  const text = await readFile(page, 'utf8');
  await writeFile(
    page,
    text.replaceAll(/https:\/\/clinicjs\.org\/assets\/css\/fonts\.css/g, 'data:text/css,'),
  );
}

/** A process that was replaced leaves several files: the one that lived last tells most. */
function latest(folder: string, name: RegExp): string {
  const paths = readdirSync(folder)
    .filter((file) => name.test(file))
    .map((file) => join(folder, file))
    .sort((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs);
  const path = paths.at(-1);
  if (path === undefined) throw new Error('the process left nothing behind, as one that was killed');
  return path;
}
