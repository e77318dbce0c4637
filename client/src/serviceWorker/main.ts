import { Delivery } from './delivery.ts';
import { attachmentHeaders, refusalHeaders } from './headers.ts';
import { KeptPage, type PageFiles } from './keptPage.ts';
import { parseMessage, parseSaveUrl } from './parse.ts';
import type { TakeOver } from './renewalMessage.ts';
import type { SaveOffer } from './saveMessage.ts';
import { isShareTarget, landingOf, SharedShelf } from './shareTarget.ts';

declare const self: ServiceWorkerGlobalScope & {
  /** Written by the build; absent in development. */
  readonly pageFiles?: PageFiles;
};

interface Offered {
  readonly offer: SaveOffer;
  readonly delivery: Delivery;
}

/** Well below the half minute without an event after which browsers stop a service worker. */
const BEAT = 5000;

const offered = new Map<string, Offered>();
const shelf = new SharedShelf();
const kept = self.pageFiles && new KeptPage(caches, self.registration.scope, self.pageFiles);

/** A newer version takes the place of the one before it when no tab is open, or when a page says so. */
self.addEventListener('install', (event) => {
  event.waitUntil(keepPage());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([kept?.prune(), self.clients.claim()]));
});

/**
 * No event is held open for as long as a save takes: browsers stop a service worker whose event lasts minutes. The
 * page's `alive`, an event of its own every few seconds, keeps it running.
 */
self.addEventListener('message', (event) => {
  const message = parseMessage(event.data);
  if (message?.type === 'alive') offered.get(message.token)?.delivery.alive();
  if (message?.type === 'offer') void take(message, event.ports);
  if (message?.type === 'shared') event.ports[0]?.postMessage(shelf.take());
  if (message?.type === 'renew') makeWay();
  if (message?.type === 'take-over') void self.skipWaiting();
});

/** Whatever is neither a save nor shared nor of the page goes to the network as if there were no service worker. */
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { scope } = self.registration;
  const token = parseSaveUrl(request.url, scope);
  if (token !== undefined) event.respondWith(answer(token));
  else if (isShareTarget(request, scope)) event.respondWith(keepShared(request, scope));
  else if (kept?.concerns(request) === true) {
    event.respondWith(kept.answer(request));
    if (request.mode === 'navigate') event.waitUntil(kept.mend().catch(() => undefined));
  }
});

/** Back to the page that is done, or to a new one where it was closed. */
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(bringToFront());
});

/** Saving works without a kept page; a newer version that cannot be kept is none. */
async function keepPage(): Promise<void> {
  try {
    await kept?.fetch();
  } catch (error) {
    if (self.registration.active !== null) throw error;
  }
}

/** A save ends with the service worker that it goes through. */
function makeWay(): void {
  const message: TakeOver = { type: 'take-over' };
  if (offered.size === 0) self.registration.waiting?.postMessage(message);
}

async function keepShared(request: Request, scope: string): Promise<Response> {
  shelf.put(await request.formData());
  // 303: the browser fetches the page, and a reload does not send the files again.
  return Response.redirect(landingOf(scope), 303);
}

async function bringToFront(): Promise<void> {
  const [page] = await self.clients.matchAll({ type: 'window' });
  if (page) await page.focus();
  else await self.clients.openWindow(self.registration.scope);
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
