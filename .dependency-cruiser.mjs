/**
 * Which file may import which: arrows point down only. Each rule has a sentence for the person who breaks it.
 * `npm run check` runs them through scripts/check-layers.ts; scripts/check-layers.test.ts breaks every one of them.
 */

const tests = ['\\.test\\.ts$', '-contract\\.ts$'];
const serverLeaves = 'errors|options|protocol|process|observe';
const roles = 'worker|broker|balancer';

/** Libraries behind one file each, so that exchanging one of them means reading one file. */
const homes = {
  '@nats-io/transport-node': '^(server/broker/nats/line/dial|loadgen/bus/connection)\\.ts$',
  autocannon: '^loadgen/http/requests\\.ts$',
  'chart.js': '^reports/page/chart-library\\.ts$',
  execa: '^server/process/start\\.ts$',
  'hdr-histogram-js': '^loadgen/results/histogram\\.ts$',
  jsonwebtoken: '^server/worker/auth/signer\\.ts$',
  'ml-fcnnls': '^loadgen/capacity/costs/non-negative\\.ts$',
  'ml-levenberg-marquardt': '^loadgen/capacity/scaling/least-squares\\.ts$',
  'prom-client': '^server/master/listen/metrics\\.ts$',
  pino: '^server/observe/log/log\\.ts$',
};

/** Matches a library by name, installed or not. */
const library = (name) => `(^|node_modules/)(@types/)?${name.replaceAll('.', '\\.')}(/|$)`;

const homeRules = Object.entries(homes).map(([name, home]) => ({
  name: `one-home-for-${name}`,
  severity: 'error',
  comment: `Only the file ${home.replaceAll(/[\\^$]/g, '')} talks to ${name}: ask it for what you need.`,
  from: { path: '\\.ts$', pathNot: [home, ...tests] },
  to: { path: library(name) },
}));

const ownFolders = ['$1', '$2', '$3', '$4'];

/** A file reaches its own folder and the folders around it; any other folder it enters by the door. */
const doorRules = [1, 2, 3, 4].map((depth) => ({
  name: 'enter-by-the-door',
  severity: 'error',
  comment: 'Another folder is imported through its index.ts: let the door offer the name, or move the code.',
  from: { path: `^${'([^/]+)/'.repeat(depth)}[^/]+$` },
  to: {
    path: '^(server|loadgen|reports|scenarios)/',
    pathNot: [
      ...[...Array(depth).keys()].map((level) => `^${ownFolders.slice(0, level + 1).join('/')}/[^/]+$`),
      '/index\\.ts$',
      '/testing\\.ts$',
    ],
  },
}));

export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment:
        'These files need each other, types included: move what both need into a file that needs neither.',
      from: {},
      to: { circular: true },
    },
    ...doorRules,
    {
      name: 'roles-start-by-file',
      severity: 'error',
      comment:
        'A main.ts starts a process when it is loaded: start it by path with the functions of server/process.',
      from: {},
      to: { path: '/main\\.ts$' },
    },
    {
      name: 'leaves-know-no-roles',
      severity: 'error',
      comment:
        'A leaf of the server serves every role and knows none: pass in what it needs, or move it to its role.',
      from: { path: `^server/(${serverLeaves})/` },
      to: { path: '^(server|loadgen|reports|scenarios)/', pathNot: `^server/(${serverLeaves})/` },
    },
    {
      name: 'plan-is-pure',
      severity: 'error',
      comment: 'The plan is pure arithmetic: of our own code it knows only the errors.',
      from: { path: '^loadgen/plan/' },
      to: {
        path: '^(server|loadgen|reports|scenarios)/',
        pathNot: ['^loadgen/plan/', '^server/errors/index\\.ts$', '/testing\\.ts$'],
      },
    },
    {
      name: 'results-know-plan-only',
      severity: 'error',
      comment:
        'The results are the file format between runs and reports: of our own code it knows the errors and the plan.',
      from: { path: '^loadgen/results/' },
      to: {
        path: '^(server|loadgen|reports|scenarios)/',
        pathNot: [
          '^loadgen/results/',
          '^loadgen/plan/index\\.ts$',
          '^server/errors/index\\.ts$',
          '/testing\\.ts$',
        ],
      },
    },
    {
      name: 'roles-know-the-broker-only',
      severity: 'error',
      comment:
        'Roles are separate processes that talk by messages: the only one that others may import is broker/index.ts.',
      from: { path: `^server/(${roles})/` },
      to: { path: `^server/(${roles}|master)/`, pathNot: ['^server/$1/', '^server/broker/'] },
    },
    {
      name: 'attach-starts-no-process',
      severity: 'error',
      comment:
        "An attached server lives in its caller's process alone: it has no master, no balancer and no children.",
      from: { path: '^server/attach/', pathNot: [...tests, '/testing\\.ts$'] },
      to: { path: '^server/(master|balancer|process)/' },
    },
    {
      name: 'server-knows-no-bench',
      severity: 'error',
      comment:
        'The server must run without the bench: nothing in server/ imports loadgen/, reports/ or scenarios/.',
      from: { path: '^server/' },
      to: { path: '^(loadgen|reports|scenarios)/' },
    },
    {
      name: 'loadgen-by-five-doors',
      severity: 'error',
      comment:
        'The bench enters the server by client, protocol, process, options and errors, so that it can test any target.',
      // The hop measures the brokers' link itself, which no socket reaches.
      from: { path: '^loadgen/', pathNot: '^loadgen/peers/hop/main\\.ts$' },
      to: { path: '^server/', pathNot: '^server/(client|protocol|process|options|errors)/index\\.ts$' },
    },
    {
      name: 'reports-read-records',
      severity: 'error',
      comment:
        'Reports are made from run records, never from a live run: of our own code they know loadgen/results, server/errors and server/options.',
      from: { path: '^reports/' },
      to: {
        path: '^(server|loadgen|scenarios)/',
        pathNot: ['^loadgen/results/index\\.ts$', '^server/(errors|options)/index\\.ts$', '/testing\\.ts$'],
      },
    },
    {
      name: 'reports-are-asked-from-above',
      severity: 'error',
      comment:
        'Only the command line, the coordinator and the gate ask for reports; below them a run does not know that reports exist.',
      from: {
        path: '^loadgen/',
        pathNot: '^loadgen/(cli\\.ts|cli\\.[a-z.]*test\\.ts|cli/|coordinator/|gate/|capacity/)',
      },
      to: { path: '^reports/' },
    },
    {
      name: 'capacity-calculates-with-the-gate',
      severity: 'error',
      comment:
        'The planner shares arithmetic, chance and reading of lines with the gate, and fills in what a plan says; it knows nothing else of the reports.',
      from: { path: '^loadgen/capacity/' },
      to: { path: '^reports/', pathNot: '^reports/(gate/(statistics|schedule|lines)|plan)/index\\.ts$' },
    },
    {
      name: 'scenarios-use-public-doors',
      severity: 'error',
      comment: 'A scenario is written as a user would write it: with loadgen/index.ts alone.',
      from: { path: '^scenarios/' },
      to: { path: '^(server|loadgen|reports)/', pathNot: ['^loadgen/index\\.ts$', '^server/index\\.ts$'] },
    },
    {
      name: 'scenarios-know-types-of-the-server',
      severity: 'error',
      comment: 'A controller is handed its worker: import only types from server/index.ts.',
      from: { path: '^scenarios/' },
      // check-layers lets type-only imports pass: the parser cannot tell them apart.
      to: { path: '^server/index\\.ts$' },
    },
    {
      name: 'client-runs-in-browsers',
      severity: 'error',
      comment: 'The client and what it imports run in browsers, where Node modules do not exist.',
      from: { path: '^server/(client|protocol|errors)/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nothing-imports-scripts',
      severity: 'error',
      comment:
        'Scripts are glue around the project: what others need belongs to server/, loadgen/ or reports/.',
      from: { pathNot: '^scripts/' },
      to: { path: '^scripts/' },
    },
    {
      name: 'ws-behind-its-seams',
      severity: 'error',
      comment:
        'Sockets are behind a seam: only server/engine/, loadgen/drivers/, server/client/node.ts and what generators are measured by import ws.',
      from: {
        path: '\\.ts$',
        pathNot: [
          '^(server/engine|loadgen/drivers)/',
          '^(server/client/node|loadgen/peers/(clients/speakers/ws-speaker|generators/echo-server))\\.ts$',
          ...tests,
        ],
      },
      to: { path: library('ws') },
    },
    {
      name: 'test-helpers-stay-in-tests',
      severity: 'error',
      comment: 'Neither testing.ts nor a contract suite is built: only tests may import them.',
      from: { pathNot: [...tests, '/testing\\.ts$'] },
      to: { path: ['/testing\\.ts$', '-contract\\.ts$'] },
    },
    ...homeRules,
  ],
  options: {
    // Beside TypeScript 7, which has no JavaScript interface, every other parser reads nothing or loses
    // imports that are types only.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|reports/runs|server/create/templates)/' },
  },
};
