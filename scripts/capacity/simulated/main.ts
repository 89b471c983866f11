/** Makes the searches of one part, which is told as JSON, and tells what came of them. */
import { jobsOf, type Part } from './jobs.ts';
import { runJob } from './run-job.ts';

const part: Part = JSON.parse(process.argv[2] ?? '');
process.stdout.write(JSON.stringify(jobsOf(part).map(runJob)));
