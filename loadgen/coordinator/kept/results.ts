/** What a run leaves behind on the disk, which may give out at any line. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { reportNames, writeReports } from '../../../reports/index.ts';
import { ClusterError } from '../../../server/errors/index.ts';
import { createRecord, RECORD_NAME, type RecordFile, type Run } from '../../results/index.ts';

/** The results of one run. Whatever cannot be written is told, and ends nothing here. */
export class Results {
  readonly record: RecordFile;
  readonly #folder: string;
  readonly #failed: (text: string) => void;
  #isWhole = true;

  /**
   * Opens the record.
   *
   * @param folder Made for this run alone.
   * @param failed Told in one sentence what cannot be written.
   * @throws ClusterError OPTION_INVALID when there is a record already or none can be written, RESULTS_UNWRITTEN when
   *   the disk is full.
   */
  constructor(folder: string, failed: (text: string) => void) {
    this.#folder = folder;
    this.#failed = failed;
    this.record = createRecord(join(folder, RECORD_NAME), (error) => this.#fail(error));
  }

  /** Whether everything was written so far. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /**
   * Closes the record and writes the reports, as far as there is room for them.
   *
   * @returns Files that were written, the record first.
   */
  async report(run: Run): Promise<string[]> {
    this.record.close();
    const hadRoom = this.#isWhole;
    try {
      await writeReports(run, this.#folder);
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error;
      this.#isWhole = false;
      // Of one full disk one sentence is enough; the files that were written are listed.
      if (hadRoom) this.#failed(`${error.message}; "scbench report" makes the reports from the record`);
    }
    return [RECORD_NAME, ...reportNames]
      .map((name) => join(this.#folder, name))
      .filter((path) => existsSync(path));
  }

  #fail({ message }: ClusterError): void {
    this.#isWhole = false;
    this.#failed(message);
  }
}
