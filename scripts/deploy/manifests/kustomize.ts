/**
 * Builds a kustomization as `kubectl kustomize` does, without it: enough of its language for this project's files, and
 * an error for anything else, so that nothing in them is passed over.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, normalize } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { applyPatch, patchSchema } from './patch.ts';

/** What all documents have in common. */
const manifestSchema = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
});

/** A document for Kubernetes. */
export type Manifest = z.output<typeof manifestSchema>;

const kustomizationSchema = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string().optional(),
  resources: z.array(z.string()),
  configMapGenerator: z
    .array(
      z.strictObject({
        name: z.string(),
        behavior: z.literal('replace').optional(),
        files: z.array(z.string()),
      }),
    )
    .default([]),
  images: z
    .array(
      z.strictObject({ name: z.string(), newName: z.string().optional(), newTag: z.string().optional() }),
    )
    .default([]),
  labels: z
    .array(
      z.strictObject({ pairs: z.record(z.string(), z.string()), includeTemplates: z.boolean().optional() }),
    )
    .default([]),
  patches: z
    .array(
      z.strictObject({
        path: z.string(),
        target: z.strictObject({ kind: z.string(), name: z.string().optional() }),
      }),
    )
    .default([]),
});

type Kustomization = z.output<typeof kustomizationSchema>;

/** What a folder amounts to. */
export interface Built {
  manifests: Manifest[];
  /** Every file that was read, as paths. */
  files: Set<string>;
}

/** The same before the last step: the files of generated ConfigMaps by name and key. */
interface Layer extends Built {
  generated: Map<string, Record<string, string>>;
}

const FILE = 'kustomization.yaml';

/**
 * Builds the kustomization of a folder.
 *
 * @throws Error for a file that is missing or not understood, a patch that hits nothing and names that meet.
 */
export async function buildKustomization(folder: string): Promise<Built> {
  const { manifests, files, generated } = await buildLayer(normalize(folder));
  const names = new Map<string, string>();
  const made = [...generated].map(([name, data]) => {
    const hash = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 10);
    names.set(name, `${name}-${hash}`);
    return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-${hash}` }, data };
  });
  const namespace = manifests.find((each) => each.metadata.namespace)?.metadata.namespace;
  const all = [...manifests.map((each) => renameConfigMaps(each, names)), ...inNamespace(made, namespace)];
  refuseTwins(all, folder);
  return { manifests: all, files };
}

/** Lists every folder below one that has a kustomization. */
export async function listKustomizations(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((entry) => basename(entry) === FILE).map((entry) => join(folder, entry, '..'));
}

async function buildLayer(folder: string): Promise<Layer> {
  const path = join(folder, FILE);
  const [document] = await readDocuments(path);
  const checked = kustomizationSchema.safeParse(document);
  if (!checked.success) throw new Error(`Cannot build "${path}": ${z.prettifyError(checked.error)}`);
  const layer: Layer = { manifests: [], files: new Set([path]), generated: new Map() };
  for (const resource of checked.data.resources) await addResource(layer, join(folder, resource));
  await generate(layer, checked.data, folder);
  await patch(layer, checked.data, folder);
  layer.manifests = layer.manifests.map((each) => decorate(each, checked.data));
  return layer;
}

async function addResource(layer: Layer, path: string): Promise<void> {
  if ((await stat(path)).isDirectory()) {
    const below = await buildLayer(path);
    layer.manifests.push(...below.manifests);
    for (const file of below.files) layer.files.add(file);
    for (const [name, data] of below.generated) layer.generated.set(name, data);
    return;
  }
  layer.files.add(path);
  for (const document of await readDocuments(path)) layer.manifests.push(manifestSchema.parse(document));
}

async function generate(layer: Layer, { configMapGenerator }: Kustomization, folder: string): Promise<void> {
  for (const { name, behavior, files } of configMapGenerator) {
    if (layer.generated.has(name) !== (behavior === 'replace')) {
      throw new Error(
        `Cannot generate ConfigMap "${name}" in "${folder}": wanted "behavior: replace" where there is one below, and only there`,
      );
    }
    const data: Record<string, string> = {};
    for (const file of files) {
      layer.files.add(join(folder, file));
      data[basename(file)] = await readFile(join(folder, file), 'utf8');
    }
    layer.generated.set(name, data);
  }
}

async function patch(layer: Layer, { patches }: Kustomization, folder: string): Promise<void> {
  for (const { path, target } of patches) {
    const file = join(folder, path);
    layer.files.add(file);
    const operations = patchSchema.parse((await readDocuments(file))[0]);
    const isHit = ({ kind, metadata }: Manifest): boolean =>
      kind === target.kind && (target.name === undefined || metadata.name === target.name);
    if (!layer.manifests.some(isHit)) {
      throw new Error(`Cannot apply "${file}": there is no ${target.kind} ${target.name ?? ''}`.trimEnd());
    }
    layer.manifests = layer.manifests.map((each) => (isHit(each) ? applyPatch(each, operations) : each));
  }
}

/** Labels, namespace and images. */
function decorate(manifest: Manifest, { images, labels, namespace }: Kustomization): Manifest {
  const decorated = structuredClone(manifest);
  for (const { pairs, includeTemplates } of labels) {
    addLabels(decorated, pairs);
    if (includeTemplates === true) visit(decorated, 'template', (template) => addLabels(template, pairs));
  }
  visit(decorated, 'image', (image, set) => {
    const [name = '', tag] = String(image).split(':');
    const { newName = name, newTag = tag } = images.find((one) => one.name === name) ?? {};
    set(newTag === undefined ? newName : `${newName}:${newTag}`);
  });
  return inNamespace([decorated], namespace)[0] ?? decorated;
}

function addLabels(holder: unknown, pairs: Record<string, string>): void {
  const { metadata } = holder as { metadata: { labels?: Record<string, string> } };
  metadata.labels = { ...metadata.labels, ...pairs };
}

function inNamespace(manifests: Manifest[], namespace: string | undefined): Manifest[] {
  if (namespace === undefined) return manifests;
  return manifests.map((each) =>
    each.kind === 'Namespace' ? each : { ...each, metadata: { ...each.metadata, namespace } },
  );
}

/** Whoever names a generated ConfigMap names it with its hash, so that a change of its data renews the pods. */
function renameConfigMaps(manifest: Manifest, names: ReadonlyMap<string, string>): Manifest {
  const renamed = structuredClone(manifest);
  for (const key of ['configMap', 'configMapRef', 'configMapKeyRef']) {
    visit(renamed, key, (reference) => {
      const holder = reference as { name: string };
      holder.name = names.get(holder.name) ?? holder.name;
    });
  }
  return renamed;
}

/** Calls for each value that stands under a key, at any depth. */
function visit(
  holder: unknown,
  key: string,
  found: (value: unknown, set: (value: unknown) => void) => void,
): void {
  if (typeof holder !== 'object' || holder === null) return;
  for (const [name, value] of Object.entries(holder)) {
    if (name === key) found(value, (fresh) => Object.assign(holder, { [key]: fresh }));
    visit(value, key, found);
  }
}

function refuseTwins(manifests: readonly Manifest[], folder: string): void {
  const seen = new Set<string>();
  for (const { apiVersion, kind, metadata } of manifests) {
    const name = `${apiVersion} ${kind} ${metadata.name}`;
    if (seen.has(name)) throw new Error(`Cannot build "${folder}": it has ${name} twice`);
    seen.add(name);
  }
}

/** @throws Error where the text is not YAML, with the place. */
async function readDocuments(path: string): Promise<unknown[]> {
  const documents = parseAllDocuments(await readFile(path, 'utf8'), { uniqueKeys: true });
  return [...documents].map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw new Error(`Cannot read "${path}": ${problem.message}`);
    return document.toJS() as unknown;
  });
}
