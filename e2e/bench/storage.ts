/**
 * `npm run bench -- storage [--json] [--rounds N] [--mib N]`: how fast the storage adapter of the engine writes, reads,
 * lists and removes the pieces of one share. In turn with it, in the same worker: IndexedDB without anything around it,
 * with as many pieces to a transaction.
 */
import type { Page } from 'playwright';
import { withBarePage } from '../support/barePage.ts';
import { mebibytes, median, reportJson, rounds } from '../support/bench.ts';
import { bundle } from '../support/bundle.ts';
import { Profile } from '../support/profile.ts';

const USUAL_MIB = 1024;
const SUBJECTS = ['adapter', 'bare'] as const;
const DEEDS = ['write', 'read', 'list', 'remove'] as const;

type Subject = (typeof SUBJECTS)[number];
type Deed = (typeof DEEDS)[number];

/** Milliseconds that one subject took for each deed; for `list`, ten times over. */
type Times = Readonly<Record<Deed, number>>;

/** Comes after the adapter's own code, which leaves `bundle`. Pieces are of 1 MiB, eight to a transaction. */
const WORKER = `
const MIB = 1048576;
const BATCH = 8;
const LISTINGS = 10;
const SHARE = '0123456789abcdef0123456789abcdef01234567';
const clock = {
  now: () => performance.now(),
  at(time, call) {
    const timer = setTimeout(call, time - performance.now());
    return () => clearTimeout(timer);
  },
};
const pieces = Array.from({ length: BATCH }, () => {
  const bytes = new Uint8Array(MIB);
  for (let at = 0; at < MIB; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
  return bytes;
});

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function bare() {
  const opening = indexedDB.open('bare', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('pieces');
  const database = await asked(opening);
  const transaction = (mode) => database.transaction('pieces', mode, { durability: 'relaxed' });
  return {
    write: (batch) => new Promise((resolve, reject) => {
      const writing = transaction('readwrite');
      writing.oncomplete = resolve;
      writing.onabort = () => reject(writing.error);
      for (const [piece, bytes] of batch) writing.objectStore('pieces').put(bytes, piece);
    }),
    read: (piece) => asked(transaction('readonly').objectStore('pieces').get(piece)),
    list: () => asked(transaction('readonly').objectStore('pieces').getAllKeys()),
    async remove() {
      database.close();
      await asked(indexedDB.deleteDatabase('bare'));
    },
  };
}

async function adapter() {
  const storage = await bundle.indexedDbStorage({ factory: indexedDB, ranges: IDBKeyRange, clock });
  const store = await storage.open(SHARE);
  return {
    async write(batch) {
      const { type } = await store.write(batch);
      if (type !== 'written') throw new Error('write: ' + type);
    },
    read: (piece) => store.read(piece),
    list: () => store.pieces(),
    async remove() {
      store.close();
      await storage.remove(SHARE);
    },
  };
}

async function measure(subject, count) {
  const times = {};
  const timed = async (deed, work) => {
    const started = performance.now();
    await work();
    times[deed] = performance.now() - started;
  };
  await timed('write', async () => {
    for (let first = 0; first < count; first += BATCH)
      await subject.write(new Map(pieces.map((bytes, place) => [first + place, bytes])));
  });
  await timed('read', async () => {
    for (let piece = 0; piece < count; piece++) {
      const bytes = await subject.read(piece);
      if (bytes?.length !== MIB) throw new Error('read: expected a piece');
    }
  });
  await timed('list', async () => {
    for (let listing = 0; listing < LISTINGS; listing++) {
      const listed = await subject.list();
      if (listed.length !== count) throw new Error('list: expected ' + count + ', received ' + listed.length);
    }
  });
  await timed('remove', () => subject.remove());
  return times;
}

onmessage = async ({ data: { name, count } }) => {
  try {
    postMessage(await measure(await (name === 'bare' ? bare() : adapter()), count));
  } catch (error) {
    postMessage(String(error));
  }
};`;

/** @throws Error with what went wrong in the worker. */
async function run(page: Page, name: Subject, count: number): Promise<Times> {
  const answer = await page.evaluate(
    async (task) => {
      const worker = new Worker('/worker.js');
      const answered = new Promise<Times | string>((resolve) => {
        worker.onmessage = ({ data }: MessageEvent<Times | string>) => resolve(data);
        worker.onerror = ({ message }) => resolve(message);
      });
      worker.postMessage(task);
      const result = await answered;
      worker.terminate();
      return result;
    },
    { name, count },
  );
  if (typeof answer === 'string') throw new Error(`${name}: ${answer}`);
  return answer;
}

/** MiB a second; for `list`, tens of pieces. */
function rate(count: number, milliseconds: number): number {
  return (count / milliseconds) * 1000;
}

async function measureAll(page: Page, count: number): Promise<Record<Subject, Times[]>> {
  const samples: Record<Subject, Times[]> = { adapter: [], bare: [] };
  for (let round = 0; round < rounds(); round++)
    // Whoever comes first has the emptier disk cache: they take turns at that, too.
    for (const name of round % 2 === 0 ? SUBJECTS : SUBJECTS.toReversed())
      samples[name].push(await run(page, name, count));
  return samples;
}

function tell(count: number, samples: Record<Subject, Times[]>): void {
  const result = Object.fromEntries(
    DEEDS.map((deed) => {
      const ratesOf = (name: Subject) => samples[name].map((times) => rate(count, times[deed]));
      const [adapter, bare] = [ratesOf('adapter'), ratesOf('bare')];
      const medians = { adapter: median(adapter), bare: median(bare) };
      // Of each round by itself: a machine that is busy for a while slows both down.
      const ratio = median(adapter.map((one, round) => one / (bare[round] ?? Number.NaN)));
      console.log(
        `${deed}: ${medians.adapter.toFixed(0)}, bare ${medians.bare.toFixed(0)}: ${ratio.toFixed(2)}`,
      );
      return [deed, { ...medians, ratio, rounds: { adapter, bare } }];
    }),
  );
  reportJson({ mib: count, ...result });
}

const mib = mebibytes(USUAL_MIB);
if (mib % 8 !== 0) throw new RangeError(`--mib: expected a multiple of 8, received ${mib}`);
const adapter = await bundle('client/src/engine/indexedDbStorage.ts');
const profile = await Profile.create();
try {
  tell(mib, await withBarePage(profile, `${adapter}\n${WORKER}`, (page) => measureAll(page, mib)));
} finally {
  await profile.remove();
}
