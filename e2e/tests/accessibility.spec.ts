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

/** WCAG 2.2 AA and axe's own good practices. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(
    async () => (await globalThis.axe.run({ resultTypes: ['violations'] })).violations,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}

for (const width of [360, 1440])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`every state is accessible, ${colorScheme}, ${width} px`, async ({ site }) => {
      test.setTimeout(300_000);
      const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
      const page = await browser.newPage({
        viewport: { width, height: 800 },
        colorScheme,
        hasTouch: width < 500,
        isMobile: width < 500,
        reducedMotion: 'reduce',
      });
      const problems: string[] = [];
      const states = await mockStates(page, site);
      expect(states.length).toBeGreaterThan(35);
      for (const state of states) {
        await page.goto(site.address(state));
        await page.locator('h1').waitFor();
        if (state === 'landing') for (const door of await page.locator('summary').all()) await door.click();
        await opened(page);
        problems.push(...(await violations(page)).map((problem) => `${state}: ${problem}`));
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (overflow > 0) problems.push(`${state}: ${overflow} px wider than the window`);
      }
      await browser.close();
      expect(problems).toEqual([]);
    });
