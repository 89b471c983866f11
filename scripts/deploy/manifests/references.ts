/**
 * Whether manifests agree with each other: a name that nobody has, a selector that selects nothing and a port that is
 * not there are right for every schema, and break a cluster all the same.
 */
import { z } from 'zod';
import type { Manifest } from './kustomize.ts';
import { type Container, containersOf, hasPort, isSelected, listPods, type Pods } from './pods.ts';

/** What somebody makes by hand. */
export interface Known {
  /** Names of Secrets: no manifest holds them. */
  secrets: readonly string[];
}

const labels = z.record(z.string(), z.string());
const selector = z.object({ matchLabels: labels });
const port = z.object({ port: z.union([z.string(), z.number()]) });

const selecting = z.object({ spec: z.object({ selector }) });
const service = z.object({
  spec: z.object({
    selector: labels,
    clusterIP: z.string().optional(),
    ports: z.array(z.object({ port: z.number(), targetPort: z.union([z.string(), z.number()]) })),
  }),
});
const scaler = z.object({
  spec: z.object({ scaleTargetRef: z.object({ kind: z.string(), name: z.string() }) }),
});
const policy = z.object({
  spec: z.object({
    podSelector: selector,
    ingress: z.array(
      z.object({
        from: z.array(z.object({ podSelector: selector.optional() })).default([]),
        ports: z.array(port).default([]),
      }),
    ),
  }),
});
const configMap = z.object({ data: labels });
const statefulSet = z.object({ spec: z.object({ serviceName: z.string() }) });

/** An address in an argument, an environment variable or an option: `nats://user@host:port/`. */
const ADDRESS = /\b(?<scheme>nats|ws|http):\/\/(?:[^@/\s"]*@)?(?<host>[\w-]+)(?::(?<number>\d+))?/g;
const USUAL_PORTS: Readonly<Record<string, number>> = { nats: 4_222, ws: 80, http: 80 };

/** Returns a sentence for each thing that is named and is not there. */
export function findLost(manifests: readonly Manifest[], known: Known): string[] {
  const pods = listPods(manifests);
  return [
    ...manifests.flatMap((manifest) => checkManifest(manifest, manifests, pods)),
    ...pods.flatMap((each) => [
      ...checkPorts(each),
      ...checkVolumes(each),
      ...checkSources(each, manifests, known),
      ...checkAddresses(each.owner, containersOf(each).flatMap(listTexts), manifests),
    ]),
  ];
}

function checkManifest(manifest: Manifest, all: readonly Manifest[], pods: readonly Pods[]): string[] {
  const name = `${manifest.kind} ${manifest.metadata.name}`;
  switch (manifest.kind) {
    case 'Deployment':
    case 'StatefulSet': {
      const own = pods.filter(({ owner }) => owner === name);
      const { matchLabels } = selecting.parse(manifest).spec.selector;
      return [
        ...lostIf(!own.some((each) => isSelected(each, matchLabels)), name, 'its own pods'),
        ...(manifest.kind === 'StatefulSet' ? checkServiceName(manifest, name, all) : []),
      ];
    }
    case 'PodDisruptionBudget':
      return lostIf(selected(pods, selecting.parse(manifest).spec.selector).length === 0, name, 'any pods');
    case 'Service':
      return checkService(manifest, name, pods);
    case 'HorizontalPodAutoscaler':
      return checkScaler(manifest, name, all);
    case 'NetworkPolicy':
      return checkPolicy(manifest, name, pods);
    case 'ConfigMap':
      return checkAddresses(name, Object.values(configMap.parse(manifest).data), all);
    default:
      return [];
  }
}

function checkServiceName(manifest: Manifest, name: string, all: readonly Manifest[]): string[] {
  const { serviceName } = statefulSet.parse(manifest).spec;
  const found = find(all, 'Service', serviceName);
  const isHeadless = found !== undefined && service.parse(found).spec.clusterIP === 'None';
  return lostIf(!isHeadless, name, `a headless Service ${serviceName}`);
}

function checkService(manifest: Manifest, name: string, pods: readonly Pods[]): string[] {
  const { ports, selector: matchLabels } = service.parse(manifest).spec;
  const targets = selected(pods, { matchLabels });
  return [
    ...lostIf(targets.length === 0, name, 'any pods'),
    ...targets.flatMap((each) =>
      ports.flatMap(({ targetPort }) =>
        lostIf(!hasPort(each, targetPort), name, `port ${targetPort} of ${each.owner}`),
      ),
    ),
  ];
}

/** Whoever sets the number of pods beside it would fight with it. */
function checkScaler(manifest: Manifest, name: string, all: readonly Manifest[]): string[] {
  const target = scaler.parse(manifest).spec.scaleTargetRef;
  const found = find(all, target.kind, target.name);
  if (found === undefined) return lostIf(true, name, `${target.kind} ${target.name}`);
  const { replicas } = z.object({ spec: z.object({ replicas: z.unknown().optional() }) }).parse(found).spec;
  return replicas === undefined
    ? []
    : [`Cannot let ${name} scale ${target.kind} ${target.name}: it has replicas of its own, wanted none`];
}

function checkPolicy(manifest: Manifest, name: string, pods: readonly Pods[]): string[] {
  const { ingress, podSelector } = policy.parse(manifest).spec;
  const guarded = selected(pods, podSelector);
  const sources = ingress.flatMap(({ from }) => from.flatMap((each) => each.podSelector ?? []));
  const ports = ingress.flatMap((rule) => rule.ports);
  return [
    ...lostIf(guarded.length === 0, name, 'any pods'),
    ...guarded.flatMap((each) =>
      ports.flatMap((one) => lostIf(!hasPort(each, one.port), name, `port ${one.port} of ${each.owner}`)),
    ),
    ...sources.flatMap((each) =>
      lostIf(selected(pods, each).length === 0, name, `pods with ${JSON.stringify(each.matchLabels)}`),
    ),
  ];
}

function checkPorts(pods: Pods): string[] {
  return pods.spec.containers.flatMap(({ startupProbe, readinessProbe, livenessProbe }) =>
    [startupProbe, readinessProbe, livenessProbe]
      .flatMap((probe) => probe?.httpGet.port ?? [])
      .flatMap((wanted) => lostIf(!hasPort(pods, wanted), pods.owner, `port ${wanted} of a probe`)),
  );
}

function checkVolumes(pods: Pods): string[] {
  const { owner, spec } = pods;
  const has = spec.volumes.map(({ name }) => name);
  const mounted = containersOf(pods).flatMap(({ volumeMounts }) => volumeMounts.map(({ name }) => name));
  return [
    ...mounted.flatMap((name) => lostIf(!has.includes(name), owner, `volume ${name}`)),
    ...has.flatMap((name) => lostIf(!mounted.includes(name), owner, `a container that mounts ${name}`)),
  ];
}

function checkSources(pods: Pods, all: readonly Manifest[], { secrets }: Known): string[] {
  const { owner, spec } = pods;
  const from = containersOf(pods).flatMap(({ env }) => env.flatMap(({ valueFrom }) => valueFrom ?? []));
  const wanted = [
    ...spec.volumes.map(({ configMap }) => ['ConfigMap', configMap?.name] as const),
    ...spec.volumes.map(({ secret }) => ['Secret', secret?.secretName] as const),
    ...spec.volumes.map(
      ({ persistentVolumeClaim }) => ['PersistentVolumeClaim', persistentVolumeClaim?.claimName] as const,
    ),
    ...from.map(({ configMapKeyRef }) => ['ConfigMap', configMapKeyRef?.name] as const),
    ...from.map(({ secretKeyRef }) => ['Secret', secretKeyRef?.name] as const),
  ];
  return wanted.flatMap(([kind, name]) => {
    if (name === undefined) return [];
    const isThere = kind === 'Secret' ? secrets.includes(name) : find(all, kind, name) !== undefined;
    return lostIf(!isThere, owner, `${kind} ${name}`);
  });
}

function checkAddresses(owner: string, texts: readonly string[], all: readonly Manifest[]): string[] {
  return texts.flatMap((text) =>
    [...text.matchAll(ADDRESS)].flatMap(({ groups = {} }) => {
      const { scheme = '', host = '', number = USUAL_PORTS[scheme] } = groups;
      const found = find(all, 'Service', host);
      const ports = found === undefined ? [] : service.parse(found).spec.ports;
      return lostIf(!ports.some((one) => one.port === Number(number)), owner, `Service ${host}:${number}`);
    }),
  );
}

function listTexts({ command, args, env }: Container): string[] {
  return [...command, ...args, ...env.flatMap(({ value }) => value ?? [])];
}

function selected(pods: readonly Pods[], { matchLabels }: z.output<typeof selector>): Pods[] {
  return pods.filter((each) => isSelected(each, matchLabels));
}

function find(all: readonly Manifest[], kind: string, name: string): Manifest | undefined {
  return all.find((each) => each.kind === kind && each.metadata.name === name);
}

function lostIf(isLost: boolean, who: string, what: string): string[] {
  return isLost ? [`Cannot find ${what}, which ${who} names`] : [];
}
