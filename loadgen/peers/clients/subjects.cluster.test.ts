import { expect, test } from 'vitest';
import { clientMeasures } from './measures.ts';
import { clients } from './subjects.ts';

test.each(clients.map((client) => [client.name, client] as const))(
  'clients: %s gets every publication that it is owed, from a process of its own',
  { timeout: 60_000 },
  async (_name, subject) => {
    const client = await subject.start('secret');
    try {
      const publish = clientMeasures.find(({ name }) => name === 'publish');
      const taken: unknown[] = [];
      const watched = {
        ...client,
        take: async (...wanted: Parameters<typeof client.take>) => {
          const [plan] = wanted;
          const result = await client.take(plan, 1);
          taken.push(plan.users);
          expect(result.came).toBeGreaterThan(0);
          expect(result.rssBytes).toBeGreaterThan(10e6);
          return result;
        },
      };
      const { publish: micros } = await publish!.take(watched, { sockets: 50, authKey: '' });
      expect(micros).toBeGreaterThan(1);
      expect(taken).toEqual([50]);
    } finally {
      await client.stop();
    }
  },
);
