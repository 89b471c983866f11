import { expect, test } from 'vitest';
import type { Manifest } from './kustomize.ts';
import { findLost } from './references.ts';

const labels = { app: 'web' };
const selector = { matchLabels: labels };
const document = (kind: string, spec: object, name = 'web'): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name },
  spec,
});
const podSpec = {
  containers: [
    {
      name: 'web',
      image: 'web',
      args: ['--nats', 'nats://$(USER):$(PASSWORD)@queue:4222'],
      env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'key', key: 'key' } } }],
      ports: [{ name: 'http', containerPort: 80 }],
      readinessProbe: { httpGet: { path: '/', port: 'http' } },
      volumeMounts: [{ name: 'settings', mountPath: '/etc/web' }],
    },
  ],
  volumes: [{ name: 'settings', configMap: { name: 'settings' } }],
};
const withPods = (kind: string, spec: object = podSpec, more: object = {}): Manifest =>
  document(kind, { selector, template: { metadata: { labels }, spec }, ...more });

const right: Manifest[] = [
  withPods('Deployment'),
  document('Service', { selector: labels, ports: [{ port: 80, targetPort: 'http' }] }),
  document(
    'Service',
    { selector: labels, clusterIP: 'None', ports: [{ port: 4_222, targetPort: 80 }] },
    'queue',
  ),
  document('PodDisruptionBudget', { selector }),
  document('HorizontalPodAutoscaler', { scaleTargetRef: { kind: 'Deployment', name: 'web' } }),
  document('NetworkPolicy', {
    podSelector: selector,
    ingress: [{ from: [{ podSelector: selector }], ports: [{ port: 'http' }] }],
  }),
  { ...document('ConfigMap', {}, 'settings'), data: { 'web.json': '{"url":"ws://web/path"}' } },
];
const known = { secrets: ['key'] };

/** What is found when one document takes the place of another, or comes in addition. */
const lostWith = (fresh: Manifest, all = right): string[] =>
  findLost(
    [
      ...all.filter(({ kind, metadata }) => kind !== fresh.kind || metadata.name !== fresh.metadata.name),
      fresh,
    ],
    known,
  );
const container = (changes: object): Manifest =>
  withPods('Deployment', { ...podSpec, containers: [{ ...podSpec.containers[0], ...changes }] });

test('findLost() finds nothing where everything that is named is there', () => {
  expect(findLost(right, known)).toEqual([]);
});

test.for<[what: string, sentence: string, fresh: Manifest]>([
  [
    'a Deployment that selects other pods',
    'its own pods, which Deployment web names',
    document('Deployment', {
      selector: { matchLabels: { app: 'other' } },
      template: { metadata: { labels }, spec: podSpec },
    }),
  ],
  [
    'a Service that selects no pods',
    'any pods, which Service web names',
    document('Service', { selector: { app: 'other' }, ports: [] }),
  ],
  [
    'a Service with a port that its pods do not have',
    'port https of Deployment web, which Service web names',
    document('Service', { selector: labels, ports: [{ port: 80, targetPort: 'https' }] }),
  ],
  [
    'a budget for nobody',
    'any pods, which PodDisruptionBudget web names',
    document('PodDisruptionBudget', { selector: { matchLabels: { app: 'other' } } }),
  ],
  [
    'an autoscaler of nothing',
    'Deployment lost, which HorizontalPodAutoscaler web names',
    document('HorizontalPodAutoscaler', { scaleTargetRef: { kind: 'Deployment', name: 'lost' } }),
  ],
  [
    'a policy with a port that is not there',
    'port https of Deployment web, which NetworkPolicy web names',
    document('NetworkPolicy', { podSelector: selector, ingress: [{ ports: [{ port: 'https' }] }] }),
  ],
  [
    'a policy that lets nobody in',
    'pods with {"app":"other"}, which NetworkPolicy web names',
    document('NetworkPolicy', {
      podSelector: selector,
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'other' } } }] }],
    }),
  ],
  [
    'a StatefulSet without its Service',
    'a headless Service web, which StatefulSet web names',
    withPods('StatefulSet', podSpec, { serviceName: 'web' }),
  ],
  [
    'a probe of a port that is not there',
    'port 81 of a probe, which Deployment web names',
    container({ livenessProbe: { httpGet: { path: '/', port: 81 } } }),
  ],
  [
    'a mount of a volume that is not there',
    'volume lost, which Deployment web names',
    container({ volumeMounts: [...podSpec.containers[0]!.volumeMounts, { name: 'lost', mountPath: '/a' }] }),
  ],
  [
    'a volume that nobody mounts',
    'a container that mounts settings, which Deployment web names',
    container({ volumeMounts: [] }),
  ],
  [
    'a Secret that nobody makes',
    'Secret lost, which Deployment web names',
    container({ env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'lost', key: 'key' } } }] }),
  ],
  [
    'a ConfigMap that is not there',
    'ConfigMap lost, which Deployment web names',
    withPods('Deployment', { ...podSpec, volumes: [{ name: 'settings', configMap: { name: 'lost' } }] }),
  ],
  [
    'a claim that is not there',
    'PersistentVolumeClaim lost, which Deployment web names',
    withPods('Deployment', {
      ...podSpec,
      volumes: [{ name: 'settings', persistentVolumeClaim: { claimName: 'lost' } }],
    }),
  ],
  [
    'an address of nobody in arguments',
    'Service lost:4222, which Deployment web names',
    container({ args: ['nats://a:b@lost'] }),
  ],
  [
    'an address with a wrong port in a ConfigMap',
    'Service web:81, which ConfigMap settings names',
    { ...document('ConfigMap', {}, 'settings'), data: { 'web.json': '{"url":"ws://web:81/"}' } },
  ],
])('findLost() finds %s', ([, sentence, fresh]) => {
  expect(lostWith(fresh)).toContain(`Cannot find ${sentence}`);
});

test('findLost() finds an autoscaler that would fight with the number of pods', () => {
  expect(lostWith(withPods('Deployment', podSpec, { replicas: 2 }))).toEqual([
    'Cannot let HorizontalPodAutoscaler web scale Deployment web: it has replicas of its own, wanted none',
  ]);
});
