import engineUrl from '../engine/main.ts?worker&url';
import { trustScripts } from '../engine/trustedTypes.ts';
import type { Missing } from '../ui/Unsupported.tsx';

/** Beside the page, wherever that is. */
const SERVICE_WORKER = './serviceWorker.js';

const trust = trustScripts([engineUrl, SERVICE_WORKER], document.baseURI);

/** What stands in the way of all else: the browser, or the way the page was opened. */
export const missing = whatIsMissing();

/** The engine's worker, which starts while the browser still reads the rest of the page. */
export const engineWorker =
  missing === undefined ? new Worker(trust(engineUrl), { type: 'module', name: 'engine' }) : undefined;

// What a script that runs does wrong is told in an ErrorEvent; one that does not come, in a plain one.
engineWorker?.addEventListener('error', (event) => {
  if (!(event instanceof ErrorEvent)) document.documentElement.dataset['incomplete'] = '';
});

export const serviceWorkerScript = trust(SERVICE_WORKER);

function whatIsMissing(): Missing | undefined {
  if (!isSecureContext) return 'secure-context';
  if (!('RTCPeerConnection' in globalThis)) return 'webrtc';
  return undefined;
}
