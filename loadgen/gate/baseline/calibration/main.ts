/** Entry of the process that calibrates: it works once, and what that took is the details of its being ready. */
import { runChild } from '../../../../server/process/index.ts';
import type { Calibration } from './calibrate.ts';
import { workloads } from './workloads.ts';

/** Before what counts, for the compiler. */
const WARM_UP_MS = 200;

runChild<{ milliseconds: number }>({
  async start({ milliseconds }): Promise<Calibration> {
    const { json, echo, garbage } = workloads;
    for (const work of [json, echo, garbage]) await work(Math.min(WARM_UP_MS, milliseconds));
    return {
      json: await json(milliseconds),
      echo: await echo(milliseconds),
      garbage: await garbage(milliseconds),
    };
  },
  stop: () => Promise.resolve(),
});
