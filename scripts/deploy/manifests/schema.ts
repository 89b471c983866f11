/**
 * Holds a document against the schema of Kubernetes. The schemas of the package let fields pass that they do not know,
 * as the API does, which then forgets them; a field that is written wrong is as good as one that is missing. So the
 * document watches what the schema asks for: what it never asks for, it does not know.
 */
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Namespace, PersistentVolumeClaim, Service } from 'kubernetes-models/v1';
import type { Manifest } from './kustomize.ts';

/** A schema: its name, and what throws with everything that is wrong. */
interface Model {
  apiVersion: string;
  kind: string;
  prototype: { validate(): void };
}

const models: readonly Model[] = [
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  Job,
  Namespace,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  Service,
  StatefulSet,
];

/** Returns a sentence for each fault of a document. */
export function findMistakes(manifest: Manifest): string[] {
  const name = `${manifest.kind} ${manifest.metadata.name}`;
  const model = models.find(
    ({ apiVersion, kind }) => apiVersion === manifest.apiVersion && kind === manifest.kind,
  );
  if (model === undefined)
    return [`Cannot check ${manifest.apiVersion} ${name}: there is no schema of it here`];
  const asked = new Set<string>();
  const faults: string[] = [];
  try {
    model.prototype.validate.call(watch(manifest, '', asked));
  } catch (error) {
    faults.push(`Cannot use ${name}: ${(error as Error).message}`);
  }
  const unknown = listPaths(manifest, '').filter((path) => !asked.has(path));
  // Below a field that is not known nothing is.
  const first = unknown.filter((path) => asked.has(path.slice(0, path.lastIndexOf('/'))) || isTop(path));
  return [...faults, ...first.map((path) => `Cannot use ${name}: there is no field ${path}`)];
}

/** Passes a value on as it is, and notes which of its fields are asked for. */
function watch(value: unknown, path: string, asked: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key) {
      const field: unknown = Reflect.get(target, key);
      if (typeof key !== 'string' || !Object.hasOwn(target, key)) return field;
      asked.add(`${path}/${key}`);
      return watch(field, `${path}/${key}`, asked);
    },
  });
}

function listPaths(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => [
    `${path}/${key}`,
    ...listPaths(field, `${path}/${key}`),
  ]);
}

function isTop(path: string): boolean {
  return path.lastIndexOf('/') === 0;
}
