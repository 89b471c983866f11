import {
  type ControlledEvents,
  ControlledProcess,
  type TalkOptions,
} from '../../process/controller/index.ts';
import type { Message } from '../../process/index.ts';

/** What the broker controller's `run` gets. */
export class SCBroker extends ControlledProcess<ControlledEvents> {
  /** Number of the broker, from 0; a restarted one keeps it. */
  readonly id: number;

  /** @param tellMaster Sends a message to the master. */
  constructor(id: number, talk: TalkOptions, tellMaster: (message: Message) => void) {
    super(talk, tellMaster);
    this.id = id;
  }
}
