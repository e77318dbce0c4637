import { secureRandom } from '@shoal/shared/platform/secureRandom.ts';
import { blankSnapshot } from '@shoal/shared/host/shareSnapshot.ts';
import type { Command, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { proxy, transfer, wrap } from 'comlink';
import { render } from 'preact';
import type { EngineApi } from '../engine/engine.ts';
import { SnapshotReceiver, type SnapshotUpdate } from '../engine/snapshotUpdate.ts';
import { findLink } from '../ui/linkText.ts';
import type { Missing } from '../ui/Unsupported.tsx';
import type { PageActions } from '../ui/pageState.ts';
import { Address } from './address.ts';
import { engineWorker, missing, serviceWorkerScript } from './beginning.ts';
import { browserNotices } from './browserNotices.ts';
import { CloseWarning, Stakes } from './closeWarning.ts';
import { give } from './giving.ts';
import { KeepAwake, Movement } from './keepAwake.ts';
import { lastingFiles } from './lastingFiles.ts';
import { lazily } from './lazily.ts';
import { connectionOf, watchNetwork } from './networkWatch.ts';
import { Notifier } from './notifier.ts';
import { preferredLanguage, rememberLanguage, speakLanguage } from './pageLanguage.ts';
import { registerSaver } from './registerSaver.ts';
import { isAtRest, Renewal } from './renewal.ts';
import { Saves } from './saves.ts';
import { serviceWorkers } from './serviceWorkers.ts';
import { changedSettings, loadSettings, saveSettings } from './settings.ts';
import { settingsStorage } from './settingsStorage.ts';
import { TabIcon } from './tabIcon.ts';
import { PageTransport } from './transport.ts';
import { bridgeTransport } from './transportBridge.ts';
import { View } from './view.tsx';

/** Installing a service worker takes the time of the first piece. A save before then does not wait. Milliseconds. */
const SAVER_DELAY = 3000;

const root = document.getElementById('root') ?? document.body;
const kept = settingsStorage(() => localStorage);
const spoken = speakLanguage(preferredLanguage(kept, navigator.languages), document.documentElement);
if (engineWorker !== undefined) run(root, engineWorker);
else if (missing !== undefined) void tellMissing(missing);

async function tellMissing(what: Missing): Promise<void> {
  const [{ Unsupported }] = await Promise.all([import('../ui/Unsupported.tsx'), spoken]);
  render(<Unsupported missing={what} origin={location.origin} />, root);
}

/** Puts the page together: engine, connections, saving, address bar, and what is drawn. */
function run(place: Element, worker: Worker): void {
  const renewal = new Renewal({
    caches: () => caches,
    script: import.meta.url,
    ready: () => renewAtRest() || view.draw(),
    onTakeOver: (then) => navigator.serviceWorker.addEventListener('controllerchange', then, { once: true }),
    reload: () => location.reload(),
  });
  const registered = lazily(() =>
    registerSaver(serviceWorkerScript, secureRandom, (registration) => renewal.watch(registration)),
  );
  // What fails here, as when the server is gone just then, is tried again by who saves.
  setTimeout(() => void registered().catch(() => undefined), SAVER_DELAY);
  const saver = async () => (await registered())();
  const engine = wrap<EngineApi>(worker);
  const transport = new MessageChannel();
  bridgeTransport(transport.port1, (events, takerOf) => new PageTransport(events, takerOf));

  let settings = loadSettings(kept);
  const send = (command: Command): void => {
    if (command.type === 'download') void askToPersist();
    const changed = changedSettings(settings, command);
    if (changed !== undefined) saveSettings(kept, (settings = changed));
    void engine.command(command);
  };
  const warning = new CloseWarning(window);
  const notifier = new Notifier(browserNotices, () => view.draw());
  const saves = new Saves(() => {
    warning.set('saving', saves.underWay);
    view.draw();
  });
  const lasting = lastingFiles(window, send, () => view.draw());
  const actions: PageActions = {
    send,
    save(id, what) {
      const { open } = view.snapshot;
      if (open?.id === id) void give(engine, saver(), saves, open, what);
    },
    dismissSave: (key) => saves.dismiss(key),
    useNewVersion: () => renewal.use(),
    tellWhenDone: (id) => void notifier.await(id),
    chooseLanguage(language) {
      rememberLanguage(kept, language);
      void speakLanguage(language, document.documentElement).then(() => view.draw());
    },
    lasting: lasting?.actions,
  };
  // Before the engine has started: files can be chosen, and a link can be seen to be opened, at once.
  const open = location.hash.length > 1 ? blankSnapshot : undefined;
  const first: Snapshot = { shares: [], removed: [], open, settings, relays: false, storage: 'lasting' };
  let started = false;
  const view = new View(place, first, actions, () => ({
    opening: !started && open !== undefined,
    newVersion: renewal.isReady,
    saves: saves.shown,
    awaited: notifier.awaited,
    permission: notifier.permission,
    again: lasting?.again(),
  }));
  void spoken.then(() => view.begin());
  const atRest = () => document.hidden && isAtRest(view.snapshot, saves.underWay);
  const renewAtRest = (): boolean => {
    const now = renewal.isReady && atRest();
    if (now) renewal.use(atRest);
    return now;
  };
  document.addEventListener('visibilitychange', renewAtRest);

  const address = new Address(window, send);
  const follow = followers(warning, notifier);
  const show = (snapshot: Snapshot): void => {
    started = true;
    lasting?.follow(snapshot);
    view.show(snapshot);
    address.follow(snapshot);
    follow(snapshot);
  };
  // Before the engine starts, so that it first shows what the address names.
  address.read();
  const received = new SnapshotReceiver();
  const options = { origin: new URL('.', location.href).href, settings };
  void engine.start(
    options,
    transfer(transport.port2, [transport.port2]),
    proxy((update: SnapshotUpdate) => show(received.apply(update))),
  );
  watchNetwork(window, connectionOf(navigator), () => void engine.networkChanged());
  void openShared(send);
  window.addEventListener('pagehide', () => void engine.end());
  // A page taken out of the back-forward cache has left its swarms.
  window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
}

/** All that goes on around the page while shares move. */
function followers(warning: CloseWarning, notifier: Notifier): (snapshot: Snapshot) => void {
  const stakes = new Stakes();
  const movement = new Movement();
  const awake = new KeepAwake({
    wakeLock: 'wakeLock' in navigator ? navigator.wakeLock : undefined,
    document,
  });
  const icon = new TabIcon(document.querySelector('link[rel="icon"]'), async (href) =>
    (await fetch(href)).text(),
  );
  return (snapshot) => {
    warning.set('needed', stakes.observe(snapshot));
    if (movement.observe(snapshot)) awake.moved();
    notifier.follow(snapshot);
    icon.follow(snapshot);
  };
}

/** What another app shared into this one: files to share on, or a link to open. */
async function openShared(send: (command: Command) => void): Promise<void> {
  if (location.search === '') return;
  const { takeSharedThings } = await import('./sharedThings.ts');
  const shared = await takeSharedThings(window, serviceWorkers());
  if (shared === undefined) return;
  const files = shared.files.map((file) => ({ path: [file.name], file }));
  if (files.length > 0) {
    send({ type: 'share', files });
    return;
  }
  const link = findLink(shared.text, location.origin);
  if (link?.type === 'here') send({ type: 'open-link', fragment: link.fragment });
}

/** Against eviction while space is short. */
async function askToPersist(): Promise<void> {
  try {
    await navigator.storage.persist();
  } catch {
    // Refused, as where cookies are blocked: what is kept may be evicted.
  }
}
