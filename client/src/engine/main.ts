import { localRunHasher } from '@shoal/shared/host/pieceRun.ts';
import { Session } from '@shoal/shared/host/session.ts';
import { TrackerSet } from '@shoal/shared/host/trackerSet.ts';
import { nobleCrypto } from '@shoal/shared/platform/nobleCrypto.ts';
import { secureRandom } from '@shoal/shared/platform/secureRandom.ts';
import { watchSleep } from '@shoal/shared/platform/sleepWatch.ts';
import { systemClock, wallClock } from '@shoal/shared/platform/systemClock.ts';
import { webCryptoHasher } from '@shoal/shared/platform/webCryptoHasher.ts';
import { expose } from 'comlink';
import { SpentMemory } from '../serviceWorker/spentMemory.ts';
import { Engine, type MakeSession } from './engine.ts';
import { frugalHasher } from './frugalHasher.ts';
import { HashingPool } from './hashingPool.ts';
import { hashingWorkers } from './hashingWorker.ts';
import { HeldEvents } from './heldEvents.ts';
import { openStorage } from './openStorage.ts';
import { OtherTabs } from './otherTabs.ts';
import { TAB_CHANNEL } from './tabMessage.ts';
import { connectTracker } from './trackerClient.ts';
import { WorkerTransport } from './workerTransport.ts';

declare const __TRACKERS__: readonly string[];

/** URLs, where they are not at the page's own origin; said when the page was built. */
const pageTrackers = __TRACKERS__;

const hasher = frugalHasher(webCryptoHasher(), new SpentMemory());
const runs = new HashingPool({
  start: hashingWorkers(),
  local: localRunHasher({ crypto: nobleCrypto, hasher }),
  cores: navigator.hardwareConcurrency,
  clock: systemClock,
});

// Waits neither for the page nor for the storage.
const trackerEvents = new HeldEvents();
const tracker = new TrackerSet({
  clock: systemClock,
  own: pageTrackers.length > 0 ? pageTrackers : [location.origin],
  connect: (url, events) => connectTracker({ url, random: secureRandom, events }),
  tabs: (events) =>
    new OtherTabs({
      channel: new BroadcastChannel(TAB_CHANNEL),
      clock: systemClock,
      random: secureRandom,
      events,
    }),
  events: trackerEvents,
});

/** Composes a session out of what a browser's worker has. */
const makeSession: MakeSession = async ({ origin, settings }, port, show) => {
  const { storage, type: storageType } = await openStorage(() => ({
    factory: globalThis.indexedDB,
    ranges: globalThis.IDBKeyRange,
    clock: systemClock,
  }));
  return new Session({
    crypto: nobleCrypto,
    random: secureRandom,
    clock: systemClock,
    hasher,
    runs,
    storage,
    storageType,
    transport: (events) => new WorkerTransport(port, events),
    tracker(events) {
      trackerEvents.release(events);
      return tracker;
    },
    loadOverlay: async () => (await import('./overlay.ts')).makeOverlay,
    watchSleep: (woke) => watchSleep(systemClock, wallClock, woke),
    origin,
    trackers: pageTrackers,
    settings,
    show,
  });
};

expose(new Engine(makeSession));
