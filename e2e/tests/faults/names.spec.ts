import { join } from 'node:path';
import { withFolder, writeRandomFolder } from '../../support/files.ts';
import { expect, test } from '../../support/test.ts';
import { hashesInZip } from '../../support/zip.ts';

const LONG = 'ä'.repeat(120);
const FOLDER = '<b>hell';
const SAFE_FOLDER = '_b_hell';

/** What a file system takes, and what every other one takes. */
const NAMES: Readonly<Record<string, string>> = {
  '<img src=x onerror="document.title=1">.txt': '_img src=x onerror=_document.title=1__.txt',
  'invoice\u202Efdp.exe': 'invoicefdp.exe',
  'zero\u200Bwidth\u2066.txt': 'zerowidth.txt',
  'trailing. . .': 'trailing',
  'con.txt': 'con_.txt',
  NUL: 'NUL_',
  'C:evil.txt': 'C_evil.txt',
  'new\nline.txt': 'newline.txt',
  'quote"and\'&amp;.txt': "quote_and'&amp;.txt",
  __proto__: '__proto__',
  '-rf': '-rf',
  [`${LONG}.bin`]: `${LONG}.bin`,
};

test('rows 44 to 48 and 50: names from hell are text, whole, and safe to unpack', async ({
  server,
  join: newcomer,
}) => {
  await withFolder(async (folder) => {
    const sizes = Object.keys(NAMES).map((name, place) => [`${FOLDER}/${name}`, 100 + place] as const);
    const hashes = await writeRandomFolder(folder, Object.fromEntries(sizes));
    const [sender, receiver] = [await newcomer(), await newcomer()];
    const [sending, receiving] = [await sender.newTab(), await receiver.newTab()];
    await sending.goto(server.origin);
    await receiving.receive(await sending.shareFolder(join(folder, FOLDER)));
    await receiving.download();

    const count = Object.keys(NAMES).length;
    for (const tab of [sending, receiving]) {
      await expect(tab.rows).toHaveCount(count);
      await expect(tab.share.locator('img, b, script')).toHaveCount(0);
      await expect(tab.page).toHaveTitle(new RegExp(SAFE_FOLDER));
      for (const safe of Object.values(NAMES))
        await expect(tab.rows.filter({ has: tab.page.getByText(safe, { exact: true }) })).toHaveCount(1);
    }
    // Each name stands in a direction of its own, so that none turns the words around it.
    expect(await receiving.rows.locator('bdi').count()).toBeGreaterThanOrEqual(count);

    const unpacked = await receiving.saveAll(hashesInZip);
    const expected = [...hashes].map(([path, hash]) => {
      const name = path.slice(FOLDER.length + 1);
      return [`${SAFE_FOLDER}/${NAMES[name] ?? name}`, hash];
    });
    expect([...unpacked].sort()).toEqual(expected.sort());
    for (const raw of ['invoice\u202Efdp.exe', 'con.txt', '<img src=x onerror="document.title=1">.txt']) {
      const saved = await receiving.save(NAMES[raw]!);
      expect(saved.hash).toBe(hashes.get(`${FOLDER}/${raw}`));
      expect(saved.name).toBe(NAMES[raw]);
    }
  });
});

test('row 46: names that differ in case alone both arrive, and do not overwrite each other', async ({
  server,
  join: newcomer,
}) => {
  await withFolder(async (folder) => {
    const hashes = await writeRandomFolder(folder, {
      'x/Readme.md': 10,
      'x/README.md': 20,
      'x/readme.md': 30,
    });
    const [sender, receiver] = [await newcomer(), await newcomer()];
    const [sending, receiving] = [await sender.newTab(), await receiver.newTab()];
    await sending.goto(server.origin);
    await receiving.receive(await sending.shareFolder(join(folder, 'x')));
    await receiving.download();
    const unpacked = await receiving.saveAll(hashesInZip);
    const caseless = [...unpacked.keys()].map((path) => path.toLowerCase()).sort();
    expect(caseless).toEqual(['x/readme (2).md', 'x/readme (3).md', 'x/readme.md']);
    expect([...unpacked.values()].sort()).toEqual([...hashes.values()].sort());
  });
});
