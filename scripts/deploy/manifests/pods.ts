/** What is read of the pods in manifests. That the rest of them is right is for their schema to say. */
import { z } from 'zod';
import type { Manifest } from './kustomize.ts';

const labels = z.record(z.string(), z.string());
const port = z.union([z.string(), z.number()]);
const named = z.object({ name: z.string() });
const probe = z.object({ httpGet: z.object({ path: z.string(), port }) }).optional();

const container = z.object({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).default([]),
  args: z.array(z.string()).default([]),
  env: z
    .array(
      z.object({
        name: z.string(),
        value: z.string().optional(),
        valueFrom: z.object({ configMapKeyRef: named.optional(), secretKeyRef: named.optional() }).optional(),
      }),
    )
    .default([]),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })).default([]),
  startupProbe: probe,
  readinessProbe: probe,
  livenessProbe: probe,
  securityContext: z
    .object({
      allowPrivilegeEscalation: z.boolean().default(true),
      readOnlyRootFilesystem: z.boolean().default(false),
      capabilities: z.object({ drop: z.array(z.string()).default([]) }).prefault({}),
    })
    .prefault({}),
  lifecycle: z
    .object({
      preStop: z
        .object({
          exec: z.object({ command: z.array(z.string()) }).optional(),
          sleep: z.object({ seconds: z.number() }).optional(),
        })
        .optional(),
    })
    .optional(),
});

const podSpec = z.object({
  initContainers: z.array(container).default([]),
  containers: z.array(container),
  enableServiceLinks: z.boolean().default(true),
  securityContext: z
    .object({
      runAsNonRoot: z.boolean().default(false),
      sysctls: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
    })
    .prefault({}),
  terminationGracePeriodSeconds: z.number().default(30),
  volumes: z
    .array(
      z.object({
        name: z.string(),
        configMap: named.optional(),
        persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
        secret: z.object({ secretName: z.string() }).optional(),
      }),
    )
    .default([]),
});

const withPods = z.object({
  spec: z.object({ template: z.object({ metadata: z.object({ labels }), spec: podSpec }) }),
});

/** A container of a pod. */
export type Container = z.output<typeof container>;

/** Pods as a Deployment, a StatefulSet or a Job makes them. */
export interface Pods {
  /** Kind and name of what makes them, for people. */
  owner: string;
  labels: Record<string, string>;
  spec: z.output<typeof podSpec>;
}

/** Lists the pods of all manifests. */
export function listPods(manifests: readonly Manifest[]): Pods[] {
  return manifests
    .filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job'].includes(kind))
    .map((manifest) => {
      const { template } = withPods.parse(manifest).spec;
      const owner = `${manifest.kind} ${manifest.metadata.name}`;
      return { owner, labels: template.metadata.labels, spec: template.spec };
    });
}

/** Lists all containers of the pods, those that only prepare them included. */
export function containersOf({ spec }: Pods): Container[] {
  return [...spec.initContainers, ...spec.containers];
}

/** Says whether a container of the pods has a port, by its name or its number. */
export function hasPort({ spec }: Pods, wanted: string | number): boolean {
  return spec.containers
    .flatMap(({ ports }) => ports)
    .some(({ name, containerPort }) => name === wanted || containerPort === wanted);
}

/** Says whether all of these labels are among those of the pods. */
export function isSelected(pods: Pods, selector: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([name, value]) => pods.labels[name] === value);
}
