import * as v from 'valibot';
import type { SharedQuestion, SharedThings } from '../serviceWorker/sharedMessage.ts';

/** As the service worker says after it has kept what was shared. */
const ARRIVED = '?share-target';

const answer = v.object({ files: v.array(v.instance(File)), text: v.string() });

/** What another app shared into this page, if that is what opened it. Asks once, and clears the address. */
export async function takeSharedThings(
  window: Pick<Window, 'location' | 'history'>,
  serviceWorker: ServiceWorkerContainer | undefined,
): Promise<SharedThings | undefined> {
  if (window.location.search !== ARRIVED || serviceWorker === undefined) return undefined;
  window.history.replaceState(null, '', window.location.pathname);
  const { active } = await serviceWorker.ready;
  if (active === null) return undefined;
  const { port1, port2 } = new MessageChannel();
  const question: SharedQuestion = { type: 'shared' };
  const answered = new Promise<unknown>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data);
  });
  active.postMessage(question, [port2]);
  const parsed = v.safeParse(answer, await answered);
  port1.close();
  return parsed.success ? parsed.output : undefined;
}
