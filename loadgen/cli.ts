#!/usr/bin/env node
/** `scbench`: the bench from the command line. What a command does is in its own file under `cli/`. */
import { Command } from 'commander';
import {
  addAgent,
  addBaseline,
  addCalibrate,
  addCompare,
  addDoctor,
  addGate,
  addList,
  addNew,
  addPeers,
  addPlan,
  addProfile,
  addQuick,
  addReport,
  addRun,
  addSelftest,
  addTrend,
  explain,
  guardStreams,
} from './cli/index.ts';
import { toolVersion } from './host/index.ts';

const program = new Command('scbench')
  .description('Loads a realtime server with virtual users and proves what it carries.')
  .version(toolVersion(), '-v, --version')
  .exitOverride();
for (const add of [
  addRun,
  addQuick,
  addAgent,
  addReport,
  addCompare,
  addGate,
  addTrend,
  addBaseline,
  addPlan,
  addCalibrate,
  addPeers,
  addProfile,
  addDoctor,
  addSelftest,
  addList,
  addNew,
]) {
  add(program);
}

guardStreams(process);
// A file that may grow no further is an error to be told. Node has the signal ignored; what looks after children does not.
process.on('SIGXFSZ', ignore);
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

function ignore(): void {}
