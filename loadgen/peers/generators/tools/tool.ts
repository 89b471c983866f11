/** Generators that are programs of somebody else's: told by files what to do, and read from the files they leave. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../../results/index.ts';
import { type Generator, LONGEST_SECONDS, type Load, type Reported } from '../generator.ts';
import { type Program, startProgram } from './program.ts';

/** What users are to do. */
export interface Task extends Load {
  /** Questions of each user, after which it goes; one that asks nothing goes after `LONGEST_SECONDS`. */
  questions: number;
  /** Whether times of answers are to be taken and left in a file. */
  isTimed: boolean;
}

/** How a program is told, and where. */
export interface Order {
  /** Texts by their names in the folder. */
  files: Readonly<Record<string, string>>;
  words: readonly string[];
  environment: Readonly<Record<string, string>>;
}

/** What there is to know of a program. */
export interface Tool extends Pick<Generator, 'name' | 'setup' | 'prepare'> {
  /** Puts a task into its words. The folder is its own. */
  order(task: Task, folder: string): Order;
  /** Reads what it has reported. @throws ClusterError PROCESS_FAILED when that is not to be found. */
  read(folder: string): Promise<Reported>;
}

/** Beyond its interview a program may take so long, seconds. */
const OVERHEAD = 30;

/** Makes a generator of a program. */
export function createGenerator(tool: Tool): Generator {
  const { name, setup, prepare } = tool;
  return {
    name,
    setup,
    prepare,
    async start(load, core) {
      const questions = Math.ceil(LONGEST_SECONDS / (load.every ?? LONGEST_SECONDS));
      const { program, remove } = await begin(tool, { ...load, questions, isTimed: false }, core);
      const stop = async (): Promise<void> => {
        await program.stop();
        await remove();
      };
      return { ...program, stop };
    },
    async report({ port, users, every, seconds }) {
      const task = { port, steps: [{ users, hold: 0 }], perSecond: users, every };
      const questions = Math.ceil(seconds / every);
      const { program, folder, remove } = await begin(tool, { ...task, questions, isTimed: true });
      try {
        await program.finish(seconds + OVERHEAD);
        return await tool.read(folder);
      } finally {
        await program.stop();
        await remove();
      }
    },
  };
}

async function begin(
  tool: Tool,
  task: Task,
  core?: number,
): Promise<{ program: Program; folder: string; remove: () => Promise<void> }> {
  const folder = await makeTemporaryFolder(`scbench-${tool.name}`);
  const { files, words, environment } = tool.order(task, folder);
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  const program = startProgram(words, { core, environment });
  return { program, folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
