import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Page } from 'playwright';
import { expect, test as base } from 'playwright/test';
import { findChromium } from '../support/chromium.ts';
import { MockSite, mockStates, opened } from '../support/mockSite.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

declare global {
  // What axe-core puts there.
  var axe: { run(options: object): Promise<{ violations: Violation[] }> };
}

const test = base.extend<object, { site: MockSite }>({
  site: [
    // Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      const site = await MockSite.start();
      await use(site);
      await site.stop();
    },
    { scope: 'worker' },
  ],
});

/** WCAG 2.2 AA and axe's own good practices, or of these what a theme can break. */
async function violations(page: Page, rules: 'all' | 'colors'): Promise<string[]> {
  const options = {
    resultTypes: ['violations'],
    ...(rules === 'colors' && { runOnly: ['color-contrast', 'link-in-text-block'] }),
  };
  const found = await page.evaluate(async (wanted) => (await globalThis.axe.run(wanted)).violations, options);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}

for (const width of [360, 1440])
  test(`every state is accessible, light and dark, ${width} px`, async ({ site }) => {
    test.setTimeout(300_000);
    const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
    const page = await browser.newPage({
      viewport: { width, height: 800 },
      hasTouch: width < 500,
      isMobile: width < 500,
      reducedMotion: 'reduce',
    });
    const problems: string[] = [];
    const states = await mockStates(page, site);
    expect(states.length).toBeGreaterThan(35);
    for (const state of states) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(site.address(state));
      await page.locator('h1').waitFor();
      if (state === 'landing') for (const door of await page.locator('summary').all()) await door.click();
      await opened(page);
      await page.evaluate(AXE);
      problems.push(...(await violations(page, 'all')).map((problem) => `${state}, light: ${problem}`));
      await page.emulateMedia({ colorScheme: 'dark' });
      problems.push(...(await violations(page, 'colors')).map((problem) => `${state}, dark: ${problem}`));
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) problems.push(`${state}: ${overflow} px wider than the window`);
    }
    await browser.close();
    expect(problems).toEqual([]);
  });
