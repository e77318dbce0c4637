import type { Random } from '@shoal/shared/base/random.ts';
import { memorySaver } from './memorySaver.ts';
import type { Saver } from './saver.ts';
import { streamSaver } from './streamSaver.ts';
import type { TrustedScript } from '../engine/trustedTypes.ts';

/** Registers the service worker; without one, which private windows may refuse, files go through memory. */
export async function registerSaver(
  script: TrustedScript,
  random: Random,
  type: WorkerType = 'classic',
): Promise<Saver> {
  try {
    const registration = await navigator.serviceWorker.register(script, { type, updateViaCache: 'none' });
    await activated(registration);
    return streamSaver(registration, random);
  } catch {
    return memorySaver();
  }
}

function activated({ active, waiting, installing }: ServiceWorkerRegistration): Promise<void> {
  const worker = active ?? waiting ?? installing;
  return new Promise((resolve, reject) => {
    if (worker === null) reject(new Error('service worker: none'));
    else watch(worker);

    function watch(watched: ServiceWorker): void {
      if (watched.state === 'activated' || watched.state === 'activating') resolve();
      else if (watched.state === 'redundant') reject(new Error('service worker: could not be installed'));
      else watched.addEventListener('statechange', () => watch(watched), { once: true });
    }
  });
}
