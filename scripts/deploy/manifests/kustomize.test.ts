import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildKustomization, listKustomizations } from './kustomize.ts';

const HEAD = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
const pod = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: 'web:1' }]
      volumes: [{ name: settings, configMap: { name: settings } }]
`;
const service =
  'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n---\nkind: Service\napiVersion: v1\nmetadata: { name: admin }\n';
const base = {
  'base/kustomization.yaml': `${HEAD}resources: [pod.yaml, service.yaml]\nconfigMapGenerator: [{ name: settings, files: [a.json] }]\nlabels: [{ pairs: { part-of: all }, includeTemplates: true }]\n`,
  'base/pod.yaml': pod,
  'base/service.yaml': service,
  'base/a.json': '{"a":1}',
};

async function write(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kustomize-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** Builds an overlay beside the base. */
async function build(
  text: string,
  files: Record<string, string> = {},
): ReturnType<typeof buildKustomization> {
  const folder = await write({ ...base, 'over/kustomization.yaml': `${HEAD}${text}`, ...files });
  return buildKustomization(join(folder, 'over'));
}

test('buildKustomization() gathers documents, gives them labels, and names generated ConfigMaps by their data', async () => {
  const folder = await write(base);
  const { manifests, files } = await buildKustomization(join(folder, 'base'));
  expect(manifests.map(({ kind }) => kind)).toEqual(['Deployment', 'Service', 'Service', 'ConfigMap']);
  const [deployment, , admin, map] = manifests;
  expect(deployment).toMatchObject({
    metadata: { labels: { 'part-of': 'all' } },
    spec: {
      template: {
        metadata: { labels: { app: 'web', 'part-of': 'all' } },
        spec: { volumes: [{ configMap: { name: map?.metadata.name } }] },
      },
    },
  });
  expect(admin?.metadata.labels).toEqual({ 'part-of': 'all' });
  expect(map).toMatchObject({ data: { 'a.json': '{"a":1}' } });
  expect(map?.metadata.name).toMatch(/^settings-[0-9a-f]{10}$/);
  expect(files.size).toBe(4);
});

test('buildKustomization() patches, replaces what is generated, and sets namespace and images', async () => {
  const { manifests } = await build(
    `namespace: test
resources: [../base]
images: [{ name: web, newName: registry/web, newTag: '2' }]
configMapGenerator: [{ name: settings, behavior: replace, files: [a.json] }]
patches: [{ path: more.yaml, target: { kind: Deployment } }]
`,
    { 'over/a.json': '{"a":2}', 'over/more.yaml': '- { op: replace, path: /spec/replicas, value: 5 }\n' },
  );
  expect(manifests[0]).toMatchObject({
    spec: { replicas: 5, template: { spec: { containers: [{ image: 'registry/web:2' }] } } },
  });
  expect(manifests.map(({ metadata }) => metadata.namespace)).toEqual(Array(4).fill('test'));
  expect(manifests.at(-1)).toMatchObject({ data: { 'a.json': '{"a":2}' } });
});

test.for<[name: string, text: string, sentence: string | RegExp, files?: Record<string, string>]>([
  ['a file that is not there', 'resources: [../base, lost.yaml]', 'lost.yaml'],
  ['a folder that is not there', 'resources: [../bass]', 'bass'],
  ['a field it does not know', 'resources: [../base]\nnamePrefix: a-', 'namePrefix'],
  [
    'a patch that hits nothing',
    'resources: [../base]\npatches: [{ path: p.yaml, target: { kind: Job } }]',
    'there is no Job',
    { 'over/p.yaml': '[]' },
  ],
  [
    'a patch that leads nowhere',
    'resources: [../base]\npatches: [{ path: p.yaml, target: { kind: Deployment, name: web } }]',
    'Cannot patch "/spec/paused"',
    { 'over/p.yaml': '- { op: remove, path: /spec/paused }' },
  ],
  [
    'two of one name',
    'resources: [../base, twin.yaml]',
    'v1 Service web twice',
    { 'over/twin.yaml': service },
  ],
  [
    'a ConfigMap that is replaced and is not there',
    'resources: [../base]\nconfigMapGenerator: [{ name: set, behavior: replace, files: [a] }]',
    'ConfigMap "set"',
    { 'over/a': '' },
  ],
  ['a key twice', 'resources: [../base]\nresources: []', /unique|duplicate/i],
  ['a document without a kind', 'resources: [a.yaml]', 'kind', { 'over/a.yaml': 'apiVersion: v1\n' }],
])('buildKustomization() refuses %s', async ([, text, sentence, files]) => {
  await expect(build(text, files)).rejects.toThrow(sentence);
});

test('listKustomizations() finds them at any depth', async () => {
  const folder = await write({
    ...base,
    'over/there/kustomization.yaml': `${HEAD}resources: [../../base]\n`,
  });
  expect((await listKustomizations(folder)).sort()).toEqual([
    join(folder, 'base'),
    join(folder, 'over/there'),
  ]);
});
