/** One run during which one process of its target is profiled. */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ClusterError } from '../../server/errors/index.ts';
import { forgetProfile, runScenario } from '../coordinator/index.ts';
import { makeTemporaryFolder, type Profile } from '../results/index.ts';
import { drawProfile, extensionOf } from './draw.ts';
import { collectWith } from './tools.ts';

/** Which process is profiled, and with what. */
export type ProfileWish = Pick<Profile, 'tool' | 'role' | 'id'>;

/**
 * Makes a `runScenario` that profiles, and leaves what came of it beside the report, which links to it.
 *
 * It throws what `runScenario` throws; ClusterError OPTION_INVALID when the tool is not installed or the target has
 * no such process; PROCESS_FAILED when nothing came of it: the run itself is kept.
 */
export function profiling(wish: ProfileWish): typeof runScenario {
  return async (request, listeners, interrupt) => {
    const { tool, role, id } = wish;
    const folder = await makeTemporaryFolder('profile');
    try {
      const file = `profile-${role}-${id}-${tool}.${extensionOf(tool)}`;
      const profile = { ...wish, file, ...collectWith(tool, folder) };
      const outcome = await runScenario({ ...request, profile }, listeners, interrupt);
      const [record = ''] = outcome.files;
      const page = join(dirname(record), file);
      const { seconds } = outcome.run.summary;
      await drawProfile(tool, { folder, page, seconds }).catch((cause: unknown) =>
        giveUp(wish, record, cause),
      );
      return { ...outcome, files: [...outcome.files, page] };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** Keeps the run, without a link to what is not there. */
async function giveUp({ tool, role, id }: ProfileWish, record: string, cause: unknown): Promise<never> {
  await forgetProfile(record);
  const why = cause instanceof Error ? cause.message : String(cause);
  const cannot = `Cannot make a profile of ${role} ${id} with "${tool}"`;
  throw new ClusterError(`${cannot}: ${why}; the run is in ${record}`, { code: 'PROCESS_FAILED', cause });
}
