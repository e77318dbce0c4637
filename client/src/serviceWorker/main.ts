import { Delivery } from './delivery.ts';
import { attachmentHeaders, refusalHeaders } from './headers.ts';
import { parseFromPage, parseSaveUrl } from './parse.ts';
import type { SaveOffer } from './saveMessage.ts';
import { isShareTarget, landingOf, SharedShelf } from './shareTarget.ts';

declare const self: ServiceWorkerGlobalScope;

interface Offered {
  readonly offer: SaveOffer;
  readonly delivery: Delivery;
}

/** Well below the half minute without an event after which browsers stop a service worker. */
const BEAT = 5000;

const offered = new Map<string, Offered>();
const shelf = new SharedShelf();

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
  if (message?.type === 'shared') event.ports[0]?.postMessage(shelf.take());
});

/** Whatever is neither a save nor shared goes to the network as if there were no service worker. */
self.addEventListener('fetch', (event) => {
  const { scope } = self.registration;
  const token = parseSaveUrl(event.request.url, scope);
  if (token !== undefined) event.respondWith(answer(token));
  else if (isShareTarget(event.request, scope)) event.respondWith(keepShared(event.request, scope));
});

/** Back to the page that is done, or to a new one where it was closed. */
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(bringToFront());
});

async function keepShared(request: Request, scope: string): Promise<Response> {
  shelf.put(await request.formData());
  // 303: the browser fetches the page, and a reload does not send the files again.
  return Response.redirect(landingOf(scope), 303);
}

async function bringToFront(): Promise<void> {
  const [page] = await self.clients.matchAll({ type: 'window' });
  if (page) await page.focus();
  else await self.clients.openWindow('/');
}

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
