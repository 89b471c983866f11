import { expect, test } from 'vitest';
import { containersOf, hasPort, isSelected, listPods } from './pods.ts';

const web = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    template: {
      metadata: { labels: { app: 'web', tier: 'front' } },
      spec: {
        initContainers: [{ name: 'before', image: 'web' }],
        containers: [{ name: 'web', image: 'web', ports: [{ name: 'http', containerPort: 80 }] }],
      },
    },
  },
};
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } };

test('listPods() lists what makes pods, with the defaults of Kubernetes', () => {
  const [pods, ...others] = listPods([service, web]);
  expect(others).toEqual([]);
  expect(pods).toMatchObject({
    owner: 'Deployment web',
    labels: { app: 'web' },
    spec: { enableServiceLinks: true, terminationGracePeriodSeconds: 30, volumes: [] },
  });
});

test('hasPort() and isSelected() know ports by name and number, and labels all together', () => {
  const [pods] = listPods([web]);
  expect([80, 'http', 81, 'https'].map((port) => hasPort(pods!, port))).toEqual([true, true, false, false]);
  expect(isSelected(pods!, { app: 'web', tier: 'front' })).toBe(true);
  expect(isSelected(pods!, { app: 'web', tier: 'back' })).toBe(false);
});

test('containersOf() lists those that only prepare a pod, too', () => {
  const [pods] = listPods([web]);
  expect(containersOf(pods!).map(({ name }) => name)).toEqual(['before', 'web']);
});
