import { expect, test } from 'playwright/test';
import { bundle } from '../support/bundle.ts';
import { Profile } from '../support/profile.ts';

/** Of the page that the entry makes. */
interface Acceptance {
  checkTransport(kind: string): Promise<{ name: string; problem?: string }[]>;
}

const HERE = 'http://localhost/';
const script = bundle('client/src/page/transportAcceptance.ts');

for (const kind of ['direct', 'bridged', 'handingOver'])
  test(`the ${kind} transport passes the acceptance suite`, async () => {
    const profile = await Profile.create();
    const page = await profile.newPage();
    await page.route(HERE, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
    await page.goto(HERE);
    await page.addScriptTag({ content: await script });
    const outcomes = await page.evaluate(
      (way) => (globalThis as unknown as Acceptance).checkTransport(way),
      kind,
    );
    await profile.remove();
    expect(outcomes.length).toBeGreaterThan(5);
    expect(outcomes.filter(({ problem }) => problem !== undefined)).toEqual([]);
  });
