/** Which hosts may be held against each other: those alike in what a metric's noise comes from. */

/** Names the kind of a host, as jobs of the ledger are told apart: `2 × Xeon 8481C, Node 20`. */
export function runnerOf({ cpus, model, node }: { cpus: number; model: string; node: string }): string {
  return plainRunner(`${cpus} × ${model}, Node ${node.split('.')[0]}`);
}

/** Writes a runner as it is written now: early ledgers have `Node v20`. */
export function plainRunner(runner: string): string {
  return runner.replace(/(?<=, Node )v(?=\d+$)/, '');
}
