/** The line between a worker's application and the bench: one line of text for each question, one for each answer. */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { createCollector, HeapMeter, type HeapUse } from './heap.ts';
import type { Power } from './plant.ts';

/**
 * What the bench asks: begin to count, tell what was counted, give back all memory nobody holds and tell the pid, or let
 * what is planted rest or work.
 */
export type Question = 'begin' | 'end' | 'collect' | 'rest' | 'work';

/** Answers the questions that come over a socket of this host, until it ends. Keeps no process alive. */
export function answerAt(path: string, power: Power): void {
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
    rest: () => turn(power, false),
    work: () => turn(power, true),
  };
  const socket = connect(path).unref();
  // The bench is gone: so is whoever asks. A reader of lines tells the errors of its socket again.
  const ignore = (): void => {};
  socket.on('error', ignore);
  const lines = createInterface({ input: socket }).on('error', ignore);
  lines.on('line', (question) => socket.write(`${JSON.stringify(answers[question as Question]())}\n`));
}

function turn(power: Power, isOn: boolean): null {
  power.isOn = isOn;
  return null;
}
