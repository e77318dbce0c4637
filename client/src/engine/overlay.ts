import { SessionOverlay } from '@shoal/shared/host/overlay/sessionOverlay.ts';
import type { MakeOverlay } from '@shoal/shared/host/overlaySwitch.ts';
import { nobleCrypto } from '@shoal/shared/platform/nobleCrypto.ts';
import { nobleSignatures } from '@shoal/shared/platform/nobleSignatures.ts';
import { wallClock } from '@shoal/shared/platform/systemClock.ts';

/** A tab's node, under a key of its own. In a chunk of its own: few need it at once. */
export const makeOverlay: MakeOverlay = (tools) =>
  new SessionOverlay({ ...tools, crypto: { ...nobleCrypto, ...nobleSignatures }, wall: wallClock });
