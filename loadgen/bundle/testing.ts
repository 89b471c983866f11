/** Test only: bundles. */
import { planHash } from '../plan/index.ts';
import { planOf } from '../plan/testing.ts';
import { type Bundle, hashOf } from './bundle.ts';

/** A bundle of the plan with ten users, without files unless some are given by their paths. */
export function bundleOf(changes: Partial<Bundle> = {}, files: Record<string, string> = {}): Bundle {
  const plan = changes.plan ?? planOf({ users: 10, ramp: 10 });
  return {
    tool: '0',
    plan,
    planHash: planHash(plan),
    target: { host: '127.0.0.1', port: 1, path: '/', secure: false },
    connect: {},
    driver: 'socketcluster',
    protocolVersion: 'auto',
    behaviours: {},
    files: Object.entries(files).map(([path, text]) => ({
      path,
      sha256: hashOf(text),
      base64: Buffer.from(text).toString('base64'),
    })),
    modules: 'module',
    ...changes,
  };
}
