import type { RunHasher } from '@shoal/shared/host/ports.ts';
import { releaseProxy, wrap } from 'comlink';
import hashingUrl from './hashing.ts?worker&url';
import type { HashingWorker } from './hashingPool.ts';
import { trustScripts } from './trustedTypes.ts';

/** Returns what starts one worker after the other. Call it once: it makes the realm's Trusted Types policy. */
export function hashingWorkers(): () => HashingWorker {
  const script = trustScripts([hashingUrl], location.href)(hashingUrl);
  return () => {
    const worker = new Worker(script, { type: 'module', name: 'hashing' });
    const hasher = wrap<RunHasher>(worker);
    return {
      hash: (run) => hasher.hash(run),
      broken: new Promise((resolve) => {
        worker.onerror = resolve;
      }),
      end() {
        hasher[releaseProxy]();
        worker.terminate();
      },
    };
  };
}
