/** The application of our cluster while it is measured. */
import type { Server } from 'node:http';
import { obey } from './control.ts';
import { controlOurs, type OurServer } from './ours.ts';

/** Runs in the worker. */
export function run({ httpServer, scServer }: { httpServer: Server; scServer: OurServer }): void {
  obey(controlOurs(httpServer, scServer));
}
