import { toBase64Url } from '@shoal/shared/base/bytes.ts';
import type { Random } from '@shoal/shared/base/random.ts';
import type { SaveAlive, SaveOffer, SaveProgress, SaveReport } from '../serviceWorker/saveMessage.ts';
import { Patience } from './patience.ts';
import type { SavedFile, Saver } from './saver.ts';

const TOKEN_BYTES = 16;
/** A small file is all out before the browser has made a download of it, which goes down with its frame. */
const KEEP_FRAME = 60_000;

/** Saves through the service worker, whatever the size, in constant memory. */
export function streamSaver(registration: ServiceWorkerRegistration, random: Random): Saver {
  return {
    limit: Number.POSITIVE_INFINITY,
    save(file, report) {
      const worker = registration.active;
      if (worker === null) throw new Error('service worker: expected an active one, received none');
      return save(worker, registration.scope, toBase64Url(random.bytes(TOKEN_BYTES)), file, report);
    },
  };
}

function save(
  worker: ServiceWorker,
  scope: string,
  token: string,
  { name, size }: SavedFile,
  report: (progress: SaveProgress) => void,
): MessagePort {
  const engine = new MessageChannel();
  const page = new MessageChannel();
  const offer: SaveOffer = { type: 'offer', token, name, size };
  const alive: SaveAlive = { type: 'alive', token };
  // The name stays out of the address: should the service worker miss the request, the server would read it.
  const frame = hiddenFrame(new URL(`save/${token}/file`, scope));
  // It speaks every few seconds, unless it has gone down with the save.
  const patience = new Patience(() => {
    end();
    report({ type: 'failed', failure: { code: 'worker-silent' } });
  });
  page.port1.onmessage = ({ data }: MessageEvent<SaveReport>) => {
    patience.sign();
    if (data.type === 'ready') {
      document.body.append(frame);
      return;
    }
    if (data.type === 'saving') worker.postMessage(alive);
    else end();
    report(data);
  };
  function end(): void {
    patience.end();
    setTimeout(() => frame.remove(), KEEP_FRAME);
    page.port1.close();
  }
  worker.postMessage(offer, [engine.port1, page.port2]);
  return engine.port2;
}

function hiddenFrame(url: URL): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.src = url.href;
  return frame;
}
