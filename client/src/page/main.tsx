import { secureRandom } from '@shoal/shared/platform/secureRandom.ts';
import { blankSnapshot } from '@shoal/shared/host/shareSnapshot.ts';
import type { Command, ShareId, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { proxy, transfer, wrap } from 'comlink';
import { render } from 'preact';
import type { EngineApi, SaveChoice } from '../engine/engine.ts';
import engineUrl from '../engine/main.ts?worker&url';
import { App } from '../ui/App.tsx';
import { type Missing, Unsupported } from '../ui/Unsupported.tsx';
import { Address } from './address.ts';
import { registerSaver } from './registerSaver.ts';
import type { Saver } from './saver.ts';
import { changedSettings, loadSettings, saveSettings } from './settings.ts';
import { PageTransport } from './transport.ts';
import { bridgeTransport } from './transportBridge.ts';
import { trustScripts, type TrustedScript } from './trustedTypes.ts';

const SERVICE_WORKER = '/serviceWorker.js';

const root = document.getElementById('root') ?? document.body;
const missing = whatIsMissing();
if (missing === undefined) run(root);
else render(<Unsupported missing={missing} origin={location.origin} />, root);

/** Nothing when the browser, and the way the page was opened, have all that is needed. */
function whatIsMissing(): Missing | undefined {
  if (!isSecureContext) return 'secure-context';
  if (!('RTCPeerConnection' in globalThis)) return 'webrtc';
  return undefined;
}

/** Puts the page together: engine, connections, saving, address bar, and what is drawn. */
function run(place: Element): void {
  const trust = trustScripts([engineUrl, SERVICE_WORKER]);
  const saver = registerSaver(trust(SERVICE_WORKER), secureRandom);
  const engine = wrap<EngineApi>(startWorker(trust(engineUrl)));
  const transport = new MessageChannel();
  bridgeTransport(transport.port1, (events) => new PageTransport(events));

  let settings = loadSettings(localStorage);
  const send = (command: Command): void => {
    if (command.type === 'download') void navigator.storage.persist();
    const changed = changedSettings(settings, command);
    if (changed !== undefined) saveSettings(localStorage, (settings = changed));
    void engine.command(command);
  };
  const save = (id: ShareId, what: SaveChoice): void => void give(engine, saver, id, what);
  const address = new Address(window, send);
  const draw = (snapshot: Snapshot): void =>
    render(<App snapshot={snapshot} send={send} save={save} origin={location.origin} />, place);
  const show = (snapshot: Snapshot): void => {
    draw(snapshot);
    address.follow(snapshot);
  };

  // Before the engine has started: files can be chosen, and a link can be seen to be opened, at once.
  const open = location.hash.length > 1 ? blankSnapshot : undefined;
  draw({ shares: [], removed: [], open, settings, relays: false });
  const options = { origin: `${location.origin}/`, settings };
  void engine.start(options, transfer(transport.port2, [transport.port2]), proxy(show));
  address.read();
  window.addEventListener('pagehide', () => void engine.end());
  // A page taken out of the back-forward cache has left its swarms.
  window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
}

function startWorker(script: TrustedScript): Worker {
  return new Worker(script, { type: 'module', name: 'engine' });
}

async function give(
  engine: ReturnType<typeof wrap<EngineApi>>,
  saver: Promise<Saver>,
  id: ShareId,
  what: SaveChoice,
): Promise<void> {
  const saveable = await engine.saveable(id, what);
  if (saveable === undefined) return;
  const port = (await saver).save(saveable, () => undefined);
  await engine.save(id, what, transfer(port, [port]));
}
