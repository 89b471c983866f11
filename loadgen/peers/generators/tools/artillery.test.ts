import { expect, test } from 'vitest';
import { artilleryIn, readReport, scriptOf } from './artillery.ts';

const task = {
  port: 7_000,
  steps: [
    { users: 25, hold: 7 },
    { users: 25, hold: 0 },
  ],
  perSecond: 50,
  every: 0.25,
  questions: 40,
  isTimed: false,
};

test('scriptOf() lets exactly so many come, hold, and ask and wait for the answer', () => {
  expect(scriptOf(task)).toEqual({
    config: {
      target: 'ws://127.0.0.1:7000/',
      phases: [
        { duration: '500ms', arrivalCount: 25 },
        { pause: '7000ms' },
        { duration: '500ms', arrivalCount: 25 },
      ],
    },
    scenarios: [
      {
        engine: 'ws',
        flow: [
          {
            loop: [
              { send: { payload: '{"event":"ping","cid":1}', capture: { json: '$', as: 'answer' } } },
              { think: '250ms' },
            ],
            count: 40,
          },
        ],
      },
    ],
  });
});

test('scriptOf() has functions called where times are taken, and users that ask nothing stay', () => {
  expect(scriptOf({ ...task, isTimed: true })).toMatchObject({
    config: { processor: './processor.cjs' },
    scenarios: [{ flow: [{ loop: [{ function: 'asks' }, {}, { function: 'hears' }, {}] }] }],
  });
  expect(scriptOf({ ...task, every: undefined })).toMatchObject({
    scenarios: [{ flow: [{ think: '900000ms' }] }],
  });
});

/** As Artillery 2.0.20 writes it, shortened. */
const report = `{
  "aggregate": {
    "counters": { "websocket.messages_sent": 12000, "vusers.created": 1000, "vusers.failed": 0 },
    "rates": { "websocket.send_rate": 499 },
    "period": 1795424980000,
    "summaries": {
      "answer": {
        "min": 0.1, "max": 222.2, "count": 12000, "mean": 8.5, "p50": 2, "median": 2,
        "p75": 6.5, "p90": 14.7, "p95": 47, "p99": 104.6, "p999": 223.7
      },
      "vusers.session_length": { "min": 12006.1, "max": 12533.3, "count": 1000, "p50": 12213.1, "p99": 12459.8 }
    }
  },
  "intermediate": []
}`;

test('readReport() reads the times of answers, not those of sessions', () => {
  expect(readReport(report)).toEqual({ p50: 2, p99: 104.6 });
  expect(() => readReport('{"aggregate":{"summaries":{}}}')).toThrow('wanted times of answers, got none');
});

test('artilleryIn() starts the package of its folder without telemetry, all files in the folder it is given', () => {
  const { files, words, environment } = artilleryIn('/packages').order(task, '/folder');
  expect(Object.keys(files)).toEqual(['script.json', 'processor.cjs']);
  expect(words.join(' ')).toMatch(
    /^\S+ \/packages\/node_modules\/artillery\/bin\/run run --quiet --output \/folder\/report.json \/folder\/script.json$/,
  );
  expect(environment).toEqual({ ARTILLERY_DISABLE_TELEMETRY: 'true' });
});
