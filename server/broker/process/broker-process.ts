import { type ControlledEvents, ControlledProcess, type MasterLine } from '../../process/controller/index.ts';

/** What the broker controller's `run` gets. */
export class SCBroker extends ControlledProcess<ControlledEvents> {
  /** Number of the broker, from 0; a restarted one keeps it. */
  readonly id: number;

  constructor(id: number, line: MasterLine) {
    super(line);
    this.id = id;
  }
}
