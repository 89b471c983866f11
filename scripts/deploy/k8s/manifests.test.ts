/** Every overlay as a cluster would get it: against the schemas of Kubernetes, against itself, and against our programs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { resolveOptions } from '../../../server/options/index.ts';
import { farewellOf, timeFor } from '../../../server/process/farewell/index.ts';
import { checkBench } from '../manifests/bench-command.ts';
import { type Built, buildKustomization, listKustomizations, type Manifest } from '../manifests/kustomize.ts';
import { type Container, containersOf, listPods } from '../manifests/pods.ts';
import { findLost } from '../manifests/references.ts';
import { findMistakes } from '../manifests/schema.ts';

const folder = import.meta.dirname;
const readme = readFileSync(join(folder, 'README.md'), 'utf8');
const secret = JSON.parse(readFileSync(join(folder, 'secret.example.json'), 'utf8')) as object;
/** Made by hand, as the README says. */
const secrets = [...readme.matchAll(/kubectl .*create secret generic (\S+)/g)].map(([, name = '']) => name);
/** Clients of a pod above those at which another one is started. */
const CLIENTS = 20_000;
/** What a master closes after its workers. */
const STOP_MARGIN_MS = 3_000;

const overlays = await Promise.all(
  readdirSync(join(folder, 'overlays')).map(
    async (name): Promise<[string, Built]> => [
      name,
      await buildKustomization(join(folder, 'overlays', name)),
    ],
  ),
);

/** Containers that run a program of ours. */
function ownContainers(manifests: readonly Manifest[]): Container[] {
  return listPods(manifests)
    .flatMap(({ spec }) => spec.containers)
    .filter(({ image }) => image.includes('socketcluster-bench'));
}

function find<Kind extends Record<string, unknown>>(
  manifests: readonly Manifest[],
  kind: string,
  name: string,
) {
  const found = manifests.find((each) => each.kind === kind && each.metadata.name.startsWith(name));
  expect(found, `${kind} ${name}`).toBeDefined();
  return found as Manifest & Kind;
}

function optionsOf(manifests: readonly Manifest[]): ReturnType<typeof resolveOptions> {
  const { data } = find<{ data: Record<string, string> }>(manifests, 'ConfigMap', 'server-options');
  return resolveOptions({ ...(JSON.parse(data['options.json'] ?? '') as object), ...secret });
}

test('every file belongs to a kustomization', async () => {
  const built = await Promise.all((await listKustomizations(folder)).map(buildKustomization));
  const used = new Set(built.flatMap(({ files }) => [...files]));
  const present = ['base', 'overlays'].flatMap((name) =>
    readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  expect(present.filter((file) => !used.has(file))).toEqual([]);
});

test.for(overlays)(
  '%s has what the schemas of Kubernetes ask for, and nothing they do not know',
  ([, built]) => {
    expect(built.manifests.flatMap(findMistakes)).toEqual([]);
  },
);

test.for(overlays)('%s names nothing that is not there', ([, { manifests }]) => {
  expect(findLost(manifests, { secrets })).toEqual([]);
});

test.for(overlays)('%s keeps to its namespace, and to pods that are nobody', ([, { manifests }]) => {
  const { metadata } = find(manifests, 'Namespace', '');
  const others = manifests.filter(({ kind }) => kind !== 'Namespace');
  expect(new Set(others.map((each) => each.metadata.namespace))).toEqual(new Set([metadata.name]));
  for (const pods of listPods(manifests)) {
    const { owner, spec } = pods;
    expect(spec.securityContext.runAsNonRoot, owner).toBe(true);
    expect(spec.enableServiceLinks, owner).toBe(false);
    for (const { name, securityContext } of containersOf(pods)) {
      expect(securityContext, `${owner}, ${name}`).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  }
});

test.for(overlays)(
  '%s starts the image that was built, and asks no registry for a newer one',
  ([, built]) => {
    const images = listPods(built.manifests).flatMap((pods) => containersOf(pods).map(({ image }) => image));
    expect(images.filter((image) => !/:(?!latest$)[\w.-]+$/.test(image))).toEqual([]);
    const { version } = JSON.parse(readFileSync(join(folder, '../../../package.json'), 'utf8')) as {
      version: string;
    };
    const own = images.filter((image) => image.includes('socketcluster-bench'));
    expect(new Set(own.map((image) => image.split(':').at(-1)))).toEqual(new Set([version]));
    expect(readme).toContain(`--tag socketcluster-bench:${version} `);
  },
);

test.for(overlays)(
  '%s gives the server options that it takes, and the ports they name',
  ([, { manifests }]) => {
    const { port, adminPort, adminHost, cluster } = optionsOf(manifests);
    const [server] = ownContainers(manifests).filter(({ name }) => name === 'server');
    expect(server?.ports).toEqual([
      { name: 'public', containerPort: port },
      { name: 'admin', containerPort: adminPort },
    ]);
    expect(adminHost).toBe('0.0.0.0');
    expect(cluster?.engine).toBe('nats');
  },
);

test.for(overlays)('%s leaves the server time to drain', ([, { manifests }]) => {
  const drainMs = timeFor(farewellOf(optionsOf(manifests), { isDrain: true }), CLIENTS);
  const [pods] = listPods(manifests).filter(({ owner }) => owner === 'Deployment socketcluster');
  const sleep = pods?.spec.containers[0]?.lifecycle?.preStop?.sleep?.seconds ?? 0;
  const left = (pods?.spec.terminationGracePeriodSeconds ?? 0) - sleep;
  expect(left * 1_000).toBeGreaterThanOrEqual(drainMs + STOP_MARGIN_MS);
});

test.for(overlays)('%s starts the bench as its command line understands it', async ([, { manifests }]) => {
  const started = ownContainers(manifests).filter(({ name }) => name !== 'server');
  expect(started.map(({ name }) => name).toSorted()).toEqual(['agent', 'coordinator']);
  for (const { args, env } of started) {
    const known = new Set(env.map(({ name }) => name));
    const words = args.map((each) =>
      each.replaceAll(/\$\((\w+)\)/g, (_, name: string) => {
        expect(known, each).toContain(name);
        return 'word';
      }),
    );
    const variables = [...known].filter((each) => each.startsWith('SCBENCH_'));
    expect(variables).toHaveLength(1);
    await checkBench(words, variables);
  }
});

test.for(overlays)('%s starts files that the package has', ([, { manifests }]) => {
  const { bin } = JSON.parse(readFileSync(join(folder, '../../../package.json'), 'utf8')) as {
    bin: Record<string, string>;
  };
  for (const { command } of ownContainers(manifests)) {
    expect(command[0]).toBe('node');
    expect(Object.values(bin)).toContain(command[1]);
  }
});

test('the autoscaler asks for the figure that the adapter makes of the server’s', () => {
  const [, built] = overlays.find(([name]) => name === 'measured') ?? [];
  const scaler = find<{ spec: { metrics: { pods?: { metric: { name: string } } }[] } }>(
    built?.manifests ?? [],
    'HorizontalPodAutoscaler',
    'socketcluster',
  );
  const adapter = parse(readFileSync(join(folder, 'prometheus-adapter.yaml'), 'utf8')) as {
    rules: { custom: { name: { as: string } }[] };
  };
  const wanted = scaler.spec.metrics.flatMap(({ pods }) => pods?.metric.name ?? []);
  expect(wanted).toEqual(adapter.rules.custom.map(({ name }) => name.as));
});

test('the coordinator waits for as many servers as the autoscaler keeps, and looks at each of them', () => {
  for (const [, { manifests }] of overlays) {
    const { spec } = find<{ spec: Record<string, unknown> }>(
      manifests,
      'HorizontalPodAutoscaler',
      'socketcluster',
    );
    const [pods] = listPods(manifests).filter(({ owner }) => owner === 'Job coordinator');
    const admin = 'http://socketcluster-admin:9000';
    const waiting = pods?.spec.initContainers
      .map(({ args }) => args[0])
      .find((each) => each?.includes(admin));
    expect(waiting).toContain(`servers.length < ${spec['minReplicas']}`);
    const { args } = ownContainers(manifests).find(({ name }) => name === 'coordinator')!;
    expect(args[args.indexOf('--admin') + 1]).toBe(admin);
    const { spec: service } = find<{ spec: Record<string, unknown> }>(
      manifests,
      'Service',
      new URL(admin).hostname,
    );
    expect(service).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
  }
});

test('agents are as many at a time as there are, and as the coordinator waits for', () => {
  for (const [, { manifests }] of overlays) {
    const { spec } = find<{ spec: Record<string, unknown> }>(manifests, 'Job', 'agents');
    expect(spec['completionMode']).toBe('Indexed');
    expect(spec['parallelism']).toBe(spec['completions']);
    const { args } = ownContainers(manifests).find(({ name }) => name === 'coordinator')!;
    expect(args[args.indexOf('--least-agents') + 1]).toBe(String(spec['completions']));
  }
});
