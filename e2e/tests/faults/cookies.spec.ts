import type { Participant } from '../../support/participant.ts';
import { beforeEngine } from '../../support/engineRealm.ts';
import { withFolder } from '../../support/files.ts';
import { expect, test } from '../../support/test.ts';
import { delivered } from '../../support/transfer.ts';

const MIB = 1024 * 1024;
/** "Block all cookies" in Chromium's settings. */
const COOKIES_BLOCKED = { profile: { default_content_setting_values: { cookies: 2 } } };

/** Runs in a page or worker: whatever could keep something refuses, as browsers do where cookies are blocked. */
function refuse(): void {
  const refusing = {
    get(): never {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
    if (name in globalThis) Object.defineProperty(globalThis, name, refusing);
  Object.defineProperty(navigator, 'serviceWorker', refusing);
}

test.describe('row 36: cookies blocked: all of it works from memory, and both sides are told what that means', () => {
  type Enter = (joinWithBrowser: (wish?: object) => Promise<Participant>) => Promise<Participant>;
  const worlds: Record<string, Enter> = {
    'by Chromium’s own setting': (joinWithBrowser) => joinWithBrowser({ preferences: COOKIES_BLOCKED }),
    'where every access throws': async (joinWithBrowser) => {
      const somebody = await joinWithBrowser();
      await somebody.context.addInitScript(refuse);
      await beforeEngine(somebody.context, refuse);
      return somebody;
    },
  };
  for (const [name, enter] of Object.entries(worlds))
    test(name, async ({ server, joinWithBrowser }) => {
      await withFolder(async (folder) => {
        const newcomer = () => enter(joinWithBrowser);
        const { sending, receiving, hash } = await delivered({ server, newcomer, folder, size: 3 * MIB });
        await expect(receiving.page.getByTestId('passing')).toContainText('cookies are blocked');
        await expect(receiving.page.getByTestId('passing')).toContainText('gone when this tab closes');
        await expect(sending.page.getByTestId('passing')).toContainText('its link stops working');
        expect((await receiving.save('long.bin')).hash).toBe(hash);

        await receiving.limitUpload(100);
        await receiving.page.getByTestId('language').selectOption('de');
        await expect(receiving.page.locator('html[lang="de"]')).toBeAttached();
        for (const tab of [sending, receiving]) await tab.remove();
        await expect(receiving.page.getByTestId('upload-limit')).toHaveValue('100');
      });
    });
});
