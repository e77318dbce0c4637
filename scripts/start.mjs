import { buildIfStale, checkNode, installIfMissing } from './prepare.mjs';

const LOOK_EVERY = 500;

checkNode();
await installIfMissing();
await buildIfStale();
// In this process, so that signals reach the server without being passed on.
await import('../server/dist/main.js');
if (process.env.npm_lifecycle_event === 'start') endWithNpm();

/** npm's shell dies of a SIGTERM without passing it on: the server would stay behind and hold its port. */
function endWithNpm() {
  const parent = process.ppid;
  const look = () => process.ppid !== parent && process.kill(process.pid, 'SIGTERM');
  setInterval(look, LOOK_EVERY).unref();
}
