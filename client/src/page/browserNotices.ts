import type { Notice, Notices } from './notifier.ts';
import type { NoticePermission } from '../ui/pageState.ts';
import { serviceWorkers } from './serviceWorkers.ts';

const ICON = '/icon-192.png';

/** Notifications by the service worker where there is one: the only way on Android. */
export const browserNotices: Notices = {
  permission,
  async ask() {
    if (permission() === 'unasked') await Notification.requestPermission();
  },
  show: (notice) => void show(notice),
};

function permission(): NoticePermission {
  if (!('Notification' in globalThis)) return 'unavailable';
  return Notification.permission === 'default' ? 'unasked' : Notification.permission;
}

async function show({ title, body }: Notice): Promise<void> {
  const options = { body, icon: ICON };
  const registration = await serviceWorkers()
    ?.getRegistration()
    .catch(() => undefined);
  if (registration) await registration.showNotification(title, options);
  else new Notification(title, options).onclick = () => window.focus();
}
