import { describe, expect, it } from 'vitest';
import { blankSnapshot } from '@shoal/shared/host/shareSnapshot.ts';
import type { PeerSnapshot, ShareSnapshot, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { CloseWarning, Stakes } from './closeWarning.ts';

const sharing: ShareSnapshot = {
  ...blankSnapshot,
  id: 'a',
  role: 'sharer',
  state: 'sharing',
  size: 100,
  done: 100,
};
const somebody: PeerSnapshot = { id: 'p', route: 'direct', rateDown: 0, rateUp: 0, progress: 0.2 };

/** A page with this share, and its view open unless told otherwise. */
function of(share: ShareSnapshot, view: 'open' | 'elsewhere' = 'open'): Snapshot {
  return {
    shares: [share],
    removed: [],
    open: view === 'open' ? share : undefined,
    settings: { uploadLimit: undefined, relayOnly: false },
    relays: false,
    storage: 'lasting',
  };
}

function judge(...snapshots: Snapshot[]): boolean | undefined {
  const stakes = new Stakes();
  return snapshots.map((snapshot) => stakes.observe(snapshot)).at(-1);
}

describe('Stakes', () => {
  it('are there while nobody has had what is shared', () => expect(judge(of(sharing))).toBe(true));

  it('are there while somebody is getting it from us alone', () =>
    expect(judge(of({ ...sharing, copies: 1 }), of({ ...sharing, peers: [somebody] }))).toBe(true));

  it('are there when the person looks at something else meanwhile', () =>
    expect(judge(of(sharing), of(sharing, 'elsewhere'))).toBe(true));

  it.each<[string, Snapshot[]]>([
    ['a full copy is elsewhere', [of({ ...sharing, copies: 1, peers: [somebody] })]],
    ['who had it has gone', [of({ ...sharing, copies: 1 }), of(sharing)]],
    ['everything went out once', [of({ ...sharing, uploaded: 100 })]],
    ['it is still being prepared', [of({ ...sharing, state: 'preparing' })]],
    ['the files have to be given again', [of({ ...sharing, state: 'error' })]],
    ['it is paused', [of(sharing), of({ ...sharing, state: 'paused' })]],
    ['it was removed', [of(sharing), { ...of(sharing, 'elsewhere'), shares: [] }]],
    ['we are the receiver', [of({ ...sharing, role: 'receiver', state: 'complete', peers: [somebody] })]],
  ])('are not there when %s', (_, snapshots) => expect(judge(...snapshots)).toBe(false));
});

describe('CloseWarning', () => {
  function leave(target: EventTarget): boolean {
    const event = new Event('beforeunload', { cancelable: true });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  }

  it('asks while there is a reason, and no longer', () => {
    const target = new EventTarget();
    const warning = new CloseWarning(target as Window);
    expect(leave(target)).toBe(false);
    warning.set('needed', true);
    warning.set('saving', true);
    warning.set('needed', false);
    expect(leave(target)).toBe(true);
    warning.set('saving', false);
    expect(leave(target)).toBe(false);
  });
});
