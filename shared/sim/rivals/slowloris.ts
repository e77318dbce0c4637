import { MINUTE, SECOND } from '../../src/base/time.ts';
import { BLOCK } from '../../src/content/layout.ts';
import { everybody } from './everybody.ts';
import type { RivalKind } from './rival.ts';

/** Unchokes everybody and takes every request, to answer one block a minute. */
export const slowloris: RivalKind = () => ({
  honest: false,
  policies: { choke: everybody },
  uploadLimit: (BLOCK * SECOND) / MINUTE,
});
