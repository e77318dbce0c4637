import type { Notice, Notices } from './notifier.ts';
import type { NoticePermission } from '../ui/pageState.ts';
import { serviceWorkers } from './serviceWorkers.ts';

const ICON = './icon-192.png';

/** Kept, for each look waits for another process, and the page looks whenever it draws. */
let known: NoticePermission | undefined;

// Who changed it in the browser's settings comes back to the page.
addEventListener('focus', () => (known = undefined));

/** Notifications by the service worker where there is one: the only way on Android. */
export const browserNotices: Notices = {
  permission,
  async ask() {
    if (permission() === 'unasked') await Notification.requestPermission();
    known = undefined;
  },
  show: (notice) => void show(notice),
};

function permission(): NoticePermission {
  known ??= look();
  return known;
}

function look(): NoticePermission {
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
