/** `npm run screens`: every state of the page, at 360 and 1440 px, light and dark, into docs/screens. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { findChromium } from './support/chromium.ts';
import { MockSite, mockStates, opened } from './support/mockSite.ts';
import { reducePng } from './support/palettePng.ts';

const FOLDER = fileURLToPath(new URL('../docs/screens', import.meta.url));
const HEIGHT = 800;
const WIDTHS = [360, 1440];
const SCHEMES = ['light', 'dark'] as const;
/** Enough to see that words of other languages fit; Japanese needs fonts that many machines lack. */
const TRANSLATED = ['landing', 'downloading', 'sharing'];
const LANGUAGES = ['de', 'es', 'fr', 'pt'];

type Scheme = (typeof SCHEMES)[number];

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
const site = await MockSite.start();
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
try {
  const states = await listStates(browser);
  for (const width of WIDTHS)
    for (const scheme of SCHEMES)
      await photograph(
        width,
        scheme,
        states.map((state) => [state, 'en']),
      );
  const translated = TRANSLATED.flatMap((state) => LANGUAGES.map((language) => [state, language] as const));
  await photograph(360, 'light', translated);
  console.log(`${states.length} states in ${FOLDER}`);
} finally {
  await browser.close();
  await site.stop();
}

async function listStates(from: Browser): Promise<string[]> {
  const page = await from.newPage();
  const states = await mockStates(page, site);
  await page.close();
  return states;
}

async function photograph(
  width: number,
  scheme: Scheme,
  views: readonly (readonly [state: string, language: string])[],
): Promise<void> {
  const touch = width < 500;
  const page = await browser.newPage({
    viewport: { width, height: HEIGHT },
    colorScheme: scheme,
    hasTouch: touch,
    isMobile: touch,
    reducedMotion: 'reduce',
  });
  for (const [state, language] of views) {
    await page.goto(site.address(state, language));
    await page.locator(`html[lang="${language}"] h1`).waitFor();
    await opened(page);
    const name = [state, width, scheme, ...(language === 'en' ? [] : [language])].join('-');
    await writeFile(join(FOLDER, `${name}.png`), reducePng(await page.screenshot()));
  }
  await page.close();
}
