import { expect, test } from 'vitest';
import { findMistakes } from './schema.ts';

const container = {
  name: 'web',
  image: 'web:1',
  ports: [{ name: 'http', containerPort: 80 }],
  livenessProbe: { httpGet: { path: '/', port: 'http' } },
  lifecycle: { preStop: { sleep: { seconds: 5 } } },
  resources: { requests: { cpu: '2', memory: '1Gi' } },
};
const pods = (changes: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { app: 'web' }, annotations: { 'a.b/c': 'd' } },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [{ ...container, ...changes }],
        volumes: [{ name: 'a', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }],
      },
    },
  },
});
const AT = '/spec/template/spec/containers/0';

test('findMistakes() finds none in a document that is right', () => {
  expect(findMistakes(pods())).toEqual([]);
});

test.for<[what: string, document: ReturnType<typeof pods>, mistakes: (string | RegExp)[]]>([
  ['a field that is not known', pods({ prots: [{ name: 'http' }] }), [`there is no field ${AT}/prots`]],
  [
    'one that belongs elsewhere',
    { ...pods(), replicas: 3 } as ReturnType<typeof pods>,
    ['there is no field /replicas'],
  ],
  [
    'one in a list',
    pods({ ports: [{ name: 'http', containerPort: 80, nodePort: 8_080 }] }),
    [`there is no field ${AT}/ports/0/nodePort`],
  ],
  ['a number that is a text', pods({ ports: [{ containerPort: '80' }] }), [/containerPort must be integer/]],
  ['a text that is a number', pods({ env: [{ name: 'PORT', value: 80 }] }), [/value must be string/]],
  ['a list that is none', pods({ args: 'run' }), [/args must be array/]],
  ['a field that is missing', pods({ name: undefined }), [/name/]],
  [
    'several at the same time',
    pods({ lifecycle: { preStop: { sleep: { second: 5 } } } }),
    [/must have required property seconds/, `there is no field ${AT}/lifecycle/preStop/sleep/second`],
  ],
  ['a kind without a schema', { ...pods(), apiVersion: 'apps/v1beta1' }, [/there is no schema/]],
])('findMistakes() finds %s', ([, document, mistakes]) => {
  const found = findMistakes(document);
  expect(found).toHaveLength(mistakes.length);
  for (const [index, mistake] of mistakes.entries()) expect(found[index]).toMatch(mistake);
});
