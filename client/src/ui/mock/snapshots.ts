import type {
  EntrySnapshot,
  FileSnapshot,
  PeerSnapshot,
  ShareProblem,
  ShareSnapshot,
  ShareSummary,
  Snapshot,
  TrackerState,
  Way,
} from '@shoal/shared/host/snapshot.ts';
import type { PageState } from '../pageState.ts';

const LINK = 'https://shoal.example/#AVk3Qm9sZUZ1bkhhc2gxMjM0NTY3ODkwYWJjZGVmZ2hpamtsbW5vcHFy';
const CODE = 'Ag3X9wZ'.repeat(40);
const MB = 1_000_000;

const photos = files([
  ['Iceland 2024/Day 1/DSC_0412.jpg', 8.4],
  ['Iceland 2024/Day 1/DSC_0413.jpg', 7.9],
  ['Iceland 2024/Day 2/Sólheimajökull, from the top of the glacier, before the rain came.raw', 42.1],
  ['Iceland 2024/notes.txt', 0],
  ['Iceland 2024/<img src=x onerror=alert(1)>.html', 0.012],
  ['Iceland 2024/צילום מהטיול.jpg', 6.2],
  [`Iceland 2024/${'a-very-long-name-without-a-single-space-'.repeat(3)}end.tar.gz`, 310],
  ['Iceland 2024/film.mp4', 925.3],
]);

const peers: readonly PeerSnapshot[] = [
  peer('7f3a', 'direct', 8.1, 0.4, 1),
  peer('02bc', 'direct', 0, 2.2, 0.43),
  peer('e91d', 'relayed', 0.6, 0, 0.12),
  peer('55aa', 'unknown', 0, 0, 0),
];

const many = Array.from({ length: 24 }, (_, index) =>
  peer((0x1a2b + index * 811).toString(16), 'direct', index % 5, (index * 7) % 3, index / 24),
);

const gone: readonly Way[] = [tracker('shoal.example', true, { type: 'waiting', retryIn: 4000 })];
const receiver = shareOf({ role: 'receiver', title: 'Iceland 2024', files: photos });
const sharer = shareOf({ role: 'sharer', title: 'Iceland 2024', files: photos, done: receiver.size });
const bare = shareOf({ role: 'receiver', state: 'connecting', title: '', files: [] });
const made: EntrySnapshot = {
  state: 'made',
  code: CODE,
  share: 'mock',
  link: `${LINK}&invite=${CODE}`,
  connected: false,
  problem: undefined,
};
const some = photos.map((file) => ({ ...file, wanted: file.index % 3 !== 1 }));
const wantedSize = some.reduce((sum, file) => sum + (file.wanted ? file.size : 0), 0);
const chosen = { ...shareOf({ title: 'Iceland 2024', files: some }), size: wantedSize };
const one = shareOf({ role: 'receiver', title: 'film.mp4', files: files([['film.mp4', 925.3]]) });
const crowd = files(
  Array.from({ length: 10_000 }, (_, index) => [`Archive/${index % 40}/page-${index}.tiff`, 1.2] as const),
);

/** Every state of the page, by the name that `?state=` takes. */
export const snapshots: Readonly<Record<string, Snapshot>> = {
  landing: snapshotOf(undefined, []),
  'landing-remembered': snapshotOf(undefined, remembered(), 500),
  'landing-new-version': snapshotOf(undefined),
  'landing-removed': { ...snapshotOf(undefined), removed: [{ id: 'z', title: 'Iceland 2024' }] },
  preparing: snapshotOf({ ...sharer, state: 'preparing', link: undefined, done: receiver.size * 0.43 }),
  sharing: snapshotOf({ ...sharer, state: 'sharing' }),
  'sharing-people': snapshotOf({ ...sharer, ...busy(0.4), rateDown: 0, state: 'sharing' }),
  'sharing-may-close': snapshotOf({ ...sharer, ...busy(0.4), peers: many, state: 'sharing', copies: 2 }),
  'sharing-unreachable': snapshotOf({ ...sharer, state: 'sharing', tracker: 'unreachable', ways: gone }),
  'sharing-blocked': snapshotOf({ ...sharer, state: 'sharing', alone: 9000, members: 1 }),
  inviting: { ...snapshotOf({ ...bare, tracker: 'unreachable', ways: gone }), entry: made },
  'inviting-failed': {
    ...snapshotOf({ ...bare, tracker: 'unreachable', ways: gone }),
    entry: { ...made, state: 'failed', code: undefined, problem: 'unreached' },
  },
  invited: {
    ...snapshotOf({ ...bare, tracker: 'unreachable', ways: gone }),
    entry: { ...made, state: 'answered', link: undefined },
  },
  'sharing-passing': { ...snapshotOf({ ...sharer, state: 'sharing' }), storage: 'passing' },
  'sharing-paused': snapshotOf({ ...sharer, state: 'paused', uploaded: 800 * MB }),
  opening: snapshotOf(bare),
  'connecting-tracker': snapshotOf({ ...bare, tracker: 'connecting' }),
  connecting: snapshotOf(bare),
  'connecting-nobody': snapshotOf({ ...bare, alone: 4000, members: 0 }),
  'connecting-blocked': snapshotOf({ ...bare, alone: 4000, members: 3 }),
  'connecting-hidden': {
    ...snapshotOf({ ...bare, alone: 4000, members: 3 }),
    settings: { uploadLimit: undefined, relayOnly: true },
    relays: false,
  },
  'connecting-unasked': snapshotOf({
    ...bare,
    alone: 4000,
    tracker: 'unreachable',
    ways: [
      tracker('files.example', true, { type: 'waiting', retryIn: 4000 }),
      tracker('tracker.example', false, { type: 'unasked' }),
    ],
  }),
  'connecting-unreachable': snapshotOf({ ...bare, alone: 4000, tracker: 'unreachable', ways: gone }),
  ready: snapshotOf({ ...receiver, state: 'ready', peers: peers.slice(0, 1), copies: 1 }),
  'ready-one': snapshotOf({ ...one, state: 'ready', peers: peers.slice(0, 1), copies: 1 }),
  'ready-some': snapshotOf({ ...chosen, state: 'ready', peers: peers.slice(0, 1), copies: 1 }),
  'ready-passing': { ...snapshotOf({ ...receiver, state: 'ready', peers, copies: 1 }), storage: 'passing' },
  'ready-10000': snapshotOf({ ...shareOf({ title: 'Archive', files: crowd }), state: 'ready', peers }),
  downloading: snapshotOf({ ...receiver, ...busy(0.42), state: 'downloading' }),
  'downloading-ways': snapshotOf({
    ...receiver,
    ...busy(0.42),
    state: 'downloading',
    ways: [
      ...gone,
      tracker('tracker.example', false, { type: 'connected' }),
      tracker('strict.example', false, { type: 'refused', reason: 'full' }),
      { type: 'tabs', count: 2 },
      { type: 'dht', count: 12 },
      { type: 'peers', count: 4 },
    ],
  }),
  'downloading-alone': snapshotOf({
    ...receiver,
    ...partly(receiver, 0.42),
    state: 'downloading',
    alone: 9000,
    members: 0,
  }),
  'downloading-some': snapshotOf({
    ...chosen,
    ...partly(chosen, 0.3),
    state: 'downloading',
    peers,
    rateDown: MB,
  }),
  'downloading-awaited': snapshotOf({ ...receiver, ...busy(0.42), state: 'downloading' }),
  paused: snapshotOf({ ...receiver, ...partly(receiver, 0.42), state: 'paused' }),
  complete: snapshotOf({ ...receiver, ...busy(1), rateDown: 0, state: 'complete', copies: 3 }),
  'complete-some': snapshotOf({ ...chosen, ...partly(chosen, 1), state: 'complete', peers, copies: 3 }),
  'complete-saving': snapshotOf({ ...receiver, ...busy(1), rateDown: 0, state: 'complete', copies: 3 }),
  'complete-one': snapshotOf({
    ...one,
    ...partly(one, 1),
    peers,
    state: 'complete',
    copies: 3,
    uploaded: 31 * MB,
  }),
  'error-files-kept': snapshotOf(failed({ code: 'files-needed' })),
  ...Object.fromEntries(problems().map((problem) => [`error-${problem.code}`, snapshotOf(failed(problem))])),
};

/** The page's own part of some states. */
export const pages: Readonly<Record<string, PageState>> = {
  opening: { saves: [], awaited: new Set(), permission: 'unasked', opening: true },
  'landing-new-version': { saves: [], awaited: new Set(), permission: 'unasked', newVersion: true },
  'downloading-awaited': { saves: [], awaited: new Set(['mock']), permission: 'granted' },
  'error-files-kept': { saves: [], awaited: new Set(), permission: 'unasked', again: 'offered' },
  'complete-saving': {
    saves: [
      { key: 1, name: 'film.mp4', type: 'saving' },
      { key: 2, name: 'notes.txt', type: 'saved' },
      { key: 3, name: 'צילום מהטיול.jpg', type: 'incomplete' },
      { key: 4, name: 'Iceland 2024.zip', type: 'too-large', limit: 512 * MB },
      {
        key: 5,
        name: 'DSC_0412.jpg',
        type: 'not-begun',
        reason: 'service worker: expected one, received none',
      },
    ],
    awaited: new Set(),
    permission: 'denied',
  },
};

function failed(problem: ShareProblem): ShareSnapshot {
  const about = /^(?:file|removed)/.test(problem.code) ? sharer : receiver;
  const share = /^(link|wrong|meta|not-)/.test(problem.code) ? bare : about;
  return {
    ...share,
    ...(problem.code.startsWith('storage') ? partly(share, 0.6) : {}),
    state: 'error',
    problem,
  };
}

function problems(): readonly ShareProblem[] {
  return [
    { code: 'link-malformed' },
    { code: 'link-truncated', expected: 52, received: 40 },
    { code: 'link-mistyped' },
    { code: 'link-unsupported' },
    { code: 'wrong-key' },
    { code: 'metainfo-invalid', reason: 'piece length: expected a power of two, received 12345' },
    { code: 'not-shareable', reason: 'files: expected at most 100000, received 123456' },
    { code: 'files-needed' },
    { code: 'files-differ', names: ['Day 1/DSC_0412.jpg', 'notes.txt', 'film.mp4', 'a', 'b', 'c', 'd'] },
    { code: 'file-unreadable', name: 'film.mp4' },
    { code: 'removed-elsewhere' },
    { code: 'storage-full' },
    { code: 'storage-held' },
    { code: 'storage-gone' },
    { code: 'storage-failed', reason: 'the database is held by another version of this page' },
  ];
}

function remembered(): readonly ShareSummary[] {
  return [
    summary('a', 'sharer', 'sharing', 'Iceland 2024', 1),
    summary('b', 'receiver', 'downloading', 'film.mp4', 0.42),
    summary(
      'c',
      'receiver',
      'complete',
      'A thesis, its figures, and every version of it since the second chapter.zip',
      1,
    ),
    summary('d', 'sharer', 'error', '17 files', 1),
    { ...summary('e', 'receiver', 'connecting', '', 0), size: 0 },
  ];
}

function snapshotOf(open: ShareSnapshot | undefined, shares = remembered(), uploadLimit?: number): Snapshot {
  const settings = { uploadLimit, relayOnly: false };
  return { shares, removed: [], open, settings, relays: true, storage: 'lasting' };
}

function summary(
  id: string,
  role: ShareSummary['role'],
  state: ShareSummary['state'],
  title: string,
  part: number,
): ShareSummary {
  return { id, role, state, title, size: 1300 * MB, done: 1300 * MB * part, link: LINK };
}

function shareOf(known: Partial<ShareSnapshot> & Pick<ShareSnapshot, 'files'>): ShareSnapshot {
  return {
    id: 'mock',
    role: 'receiver',
    state: 'ready',
    link: LINK,
    title: '',
    size: known.files.reduce((sum, file) => sum + file.size, 0),
    done: 0,
    rateDown: 0,
    rateUp: 0,
    eta: undefined,
    downloaded: 0,
    uploaded: 0,
    peers: [],
    copies: 0,
    tracker: 'connected',
    ways: [tracker('shoal.example', true, { type: 'connected' })],
    members: undefined,
    alone: 0,
    problem: undefined,
    ...known,
  };
}

function tracker(host: string, own: boolean, state: TrackerState): Way {
  return { type: 'tracker', host, own, state };
}

function busy(part: number): Partial<ShareSnapshot> {
  return {
    ...partly(receiver, part),
    rateDown: 8.7 * MB,
    rateUp: 2.6 * MB,
    eta: 87,
    downloaded: receiver.size * part * 1.01,
    uploaded: 412 * MB,
    peers,
    copies: 0,
  };
}

/** The first files whole, one in progress, the rest not begun. */
function partly(share: ShareSnapshot, part: number): Pick<ShareSnapshot, 'done' | 'files'> {
  const done = Math.floor(share.size * part);
  let left = done;
  const taken = share.files.map((file) => {
    const have = file.wanted ? Math.min(left, file.size) : 0;
    left -= have;
    return { ...file, have };
  });
  return { done, files: taken };
}

function files(list: readonly (readonly [path: string, megabytes: number])[]): readonly FileSnapshot[] {
  return list.map(([path, megabytes], index) => ({
    index,
    path: path.startsWith('Iceland 2024/<') ? ['Iceland 2024', path.slice(13)] : path.split('/'),
    size: Math.round(megabytes * MB),
    have: 0,
    wanted: true,
  }));
}

function peer(
  id: string,
  route: PeerSnapshot['route'],
  down: number,
  up: number,
  progress: number,
): PeerSnapshot {
  return { id, route, rateDown: down * MB, rateUp: up * MB, progress };
}
