import type { SaveCollection, SaveDemand, SaveProgress } from '../serviceWorker/saveMessage.ts';
import { Patience } from './patience.ts';
import type { Saver } from './saver.ts';

const LIMIT = 512 * 1024 * 1024;
/** Browsers go on reading a blob URL for a while after the click. */
const KEEP_URL = 60_000;

/** Saves by way of one Blob: for browsers without a service worker, and for what their memory holds. */
export function memorySaver(limit = LIMIT): Saver {
  return {
    limit,
    save({ name, size }, report) {
      const { port1, port2 } = new MessageChannel();
      if (size !== undefined && size > limit) {
        queueMicrotask(() => report({ type: 'failed', failure: { code: 'too-large', limit } }));
        demand(port1, { type: 'cancel' });
        return port2;
      }
      const patience = new Patience(() => {
        port1.close();
        report({ type: 'failed', failure: { code: 'engine-silent' } });
      });
      port1.onmessage = ({ data }: MessageEvent<SaveCollection>) => {
        patience.sign();
        if (data.type === 'collecting') {
          report({ type: 'saving', bytes: data.bytes });
          return;
        }
        patience.end();
        port1.close();
        report(data.type === 'collected' ? saved(name, data.blob) : failed(data.reason));
      };
      demand(port1, { type: 'collect', limit });
      return port2;
    },
  };
}

function demand(port: MessagePort, message: SaveDemand): void {
  port.postMessage(message);
}

function saved(name: string, blob: Blob): SaveProgress {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_URL);
  return { type: 'saved', bytes: blob.size };
}

function failed(reason: string): SaveProgress {
  return { type: 'failed', failure: { code: 'source-failed', reason } };
}
