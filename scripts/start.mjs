import { buildIfStale, checkNode, installIfMissing } from './prepare.mjs';

checkNode();
await installIfMissing();
await buildIfStale();
// In this process, so that signals reach the server without being passed on.
await import('../server/dist/main.js');
