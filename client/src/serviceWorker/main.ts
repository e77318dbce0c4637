import { Delivery } from './delivery.ts';
import { attachmentHeaders, refusalHeaders } from './headers.ts';
import { parseFromPage, parseSaveUrl } from './parse.ts';
import type { SaveOffer } from './saveMessage.ts';

declare const self: ServiceWorkerGlobalScope;

interface Offered {
  readonly offer: SaveOffer;
  readonly delivery: Delivery;
}

/** Well below the half minute without an event after which browsers stop a service worker. */
const BEAT = 5000;

const offered = new Map<string, Offered>();

self.addEventListener('install', (event) => {
  event.waitUntil(self.skipWaiting());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

/**
 * No event is held open for as long as a save takes: browsers stop a service worker whose event lasts minutes. The
 * page's `alive`, an event of its own every few seconds, keeps it running.
 */
self.addEventListener('message', (event) => {
  const message = parseFromPage(event.data);
  if (message?.type === 'alive') offered.get(message.token)?.delivery.alive();
  if (message?.type === 'offer') void take(message, event.ports);
});

/** Whatever is not a save goes to the network as if there were no service worker. */
self.addEventListener('fetch', (event) => {
  const token = parseSaveUrl(event.request.url, self.registration.scope);
  if (token !== undefined) event.respondWith(answer(token));
});

async function take(offer: SaveOffer, [engine, page]: readonly MessagePort[]): Promise<void> {
  if (engine === undefined || page === undefined || offered.has(offer.token)) return;
  const delivery = new Delivery(offer, { engine, page });
  offered.set(offer.token, { offer, delivery });
  const heart = setInterval(() => delivery.beat(), BEAT);
  await delivery.ended;
  clearInterval(heart);
  offered.delete(offer.token);
}

function answer(token: string): Response {
  const known = offered.get(token);
  const body = known?.delivery.claim();
  return known === undefined || body === undefined
    ? new Response('This address saves a file once, and has done so.', {
        status: 404,
        headers: refusalHeaders(),
      })
    : new Response(body, { headers: attachmentHeaders(known.offer.name, known.offer.size) });
}
