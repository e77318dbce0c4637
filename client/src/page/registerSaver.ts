import type { Random } from '@shoal/shared/base/random.ts';
import type { Saver } from './saver.ts';
import type { TrustedScript } from '../engine/trustedTypes.ts';

/**
 * Registers the service worker; without one, which private windows may refuse, files go through memory. What saves is
 * loaded when there is something to save.
 * @param registered called when it is active.
 */
export async function registerSaver(
  script: TrustedScript,
  random: Random,
  registered: (registration: ServiceWorkerRegistration) => void,
): Promise<() => Promise<Saver>> {
  try {
    const registration = await navigator.serviceWorker.register(script, { updateViaCache: 'none' });
    await activated(registration);
    registered(registration);
    return async () => (await import('./streamSaver.ts')).streamSaver(registration, random);
  } catch {
    return async () => (await import('./memorySaver.ts')).memorySaver();
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
