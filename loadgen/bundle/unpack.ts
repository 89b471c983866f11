/** An agent's side: a bundle is checked against its hash, and its files are written to a folder of their own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ClusterError } from '../../server/errors/index.ts';
import { type Plan, planHash } from '../plan/index.ts';
import { type Bundle, type BundledFile, hashOf, type SealedBundle } from './bundle.ts';

/** One step of a path: no way up, nothing hidden from a shell. */
const STEP = /^(?!\.\.?$)[\w.@+ -]{1,255}$/;

/**
 * Opens a bundle.
 *
 * @param folder An empty one; the files go below it, and nowhere else.
 * @returns The bundle, its behaviours named by where they are now.
 * @throws ClusterError OPTION_INVALID when anything in it is not what it says.
 */
export function unpack({ text, hash }: SealedBundle, folder: string): Bundle {
  if (hashOf(text) !== hash) throw refused(`its hash is ${hashOf(text)}, wanted is ${hash}`);
  const bundle = JSON.parse(text) as Bundle;
  const found = planHash(bundle.plan);
  if (found !== bundle.planHash) {
    throw refused(`its schedule has hash ${found} on this host, wanted is ${bundle.planHash}`);
  }
  const files = bundle.files.map((file) => ({ path: join(folder, safePath(file)), bytes: bytesOf(file) }));
  const plan = locate(bundle, folder);
  for (const { path, bytes } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: bundle.modules }));
  return { ...bundle, plan };
}

function safePath({ path }: BundledFile): string {
  if (path.split('/').every((step) => STEP.test(step)) && path !== 'package.json') return path;
  throw refused(`it has a file "${path}", wanted is a path below its own folder`);
}

function bytesOf({ path, sha256, base64 }: BundledFile): Uint8Array {
  const bytes = Buffer.from(base64, 'base64');
  if (hashOf(bytes) === sha256) return bytes;
  throw refused(`its file "${path}" has hash ${hashOf(bytes)}, wanted is ${sha256}`);
}

/** Behaviours may only be files of the bundle: whatever path the plan names, nothing else is loaded. */
function locate({ plan, behaviours, files }: Bundle, folder: string): Plan {
  const known = new Set(files.map(({ path }) => path));
  const groups = plan.groups.map((group) => {
    const { behaviour } = group;
    if (behaviour.kind !== 'custom') return group;
    const path = Object.hasOwn(behaviours, behaviour.file) ? behaviours[behaviour.file] : undefined;
    if (path === undefined || !known.has(path)) {
      throw refused(`its behaviour "${behaviour.file}" is not among its files`);
    }
    return { ...group, behaviour: { ...behaviour, file: join(folder, path) } };
  });
  return { ...plan, groups };
}

function refused(why: string): ClusterError {
  return new ClusterError(`Cannot take the bundle: ${why}`, { code: 'OPTION_INVALID' });
}
