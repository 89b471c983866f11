/** The line between a worker's application and the bench: one line of text for each question, one for each answer. */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { createCollector, HeapMeter, type HeapUse } from './heap.ts';

/** What the bench asks: begin to count, tell what was counted, or give back all memory nobody holds and tell the pid. */
export type Question = 'begin' | 'end' | 'collect';

/** Answers the questions that come over a socket of this host, until it ends. Keeps no process alive. */
export function answerAt(path: string): void {
  const meter = new HeapMeter();
  const collect = createCollector();
  const answers: Record<Question, () => HeapUse | number | null> = {
    begin: () => {
      meter.begin();
      return null;
    },
    end: () => meter.end(),
    collect: () => {
      collect();
      return process.pid;
    },
  };
  const socket = connect(path).unref();
  // The bench is gone: so is whoever asks. A reader of lines tells the errors of its socket again.
  const ignore = (): void => {};
  socket.on('error', ignore);
  const lines = createInterface({ input: socket }).on('error', ignore);
  lines.on('line', (question) => socket.write(`${JSON.stringify(answers[question as Question]())}\n`));
}
