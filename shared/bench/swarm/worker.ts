/** A process that performs jobs: each comes as a message and is answered by one. Ends with the channel. */
import { type Job, perform } from './job.ts';

process.on('message', (job: Job) => {
  process.send?.(perform(job));
});
