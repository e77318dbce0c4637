import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankSnapshot } from '@shoal/shared/host/shareSnapshot.ts';
import type { FileSnapshot, ShareSummary, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { SnapshotReceiver, SnapshotSender } from './snapshotUpdate.ts';

const EMPTY: Snapshot = {
  shares: [],
  removed: [],
  open: undefined,
  settings: { uploadLimit: undefined, relayOnly: false },
  relays: false,
  storage: 'lasting',
};

function files(count: number): readonly FileSnapshot[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    path: [`${index}`],
    size: 10,
    have: 0,
    wanted: true,
  }));
}

function viewOf(id: string, rows: readonly FileSnapshot[], shares: readonly ShareSummary[] = []): Snapshot {
  return { ...EMPTY, shares, open: { ...blankSnapshot, id, files: rows } };
}

/** One step of a session: which share is open, and which of its rows move on. */
const step = fc.record({
  id: fc.constantFrom('a', 'b', ''),
  moved: fc.array(fc.nat({ max: 7 }), { maxLength: 3 }),
});

describe('snapshots on their way to the page', () => {
  it('arrive as they were sent, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const [sender, receiver] = [new SnapshotSender(), new SnapshotReceiver()];
        const rows: Record<string, readonly FileSnapshot[]> = { a: files(8), b: files(3), '': [] };
        for (const { id, moved } of steps) {
          rows[id] = rows[id]!.map((row) =>
            moved.includes(row.index) ? { ...row, have: row.have + 1 } : row,
          );
          const snapshot = id === '' ? EMPTY : viewOf(id, rows[id]);
          expect(receiver.apply(structuredClone(sender.next(snapshot)))).toEqual(snapshot);
        }
      }),
    );
  });

  it('carry only the rows that changed, and leave the others as they are on the page', () => {
    const [sender, receiver] = [new SnapshotSender(), new SnapshotReceiver()];
    const before = files(1000);
    const shown = receiver.apply(structuredClone(sender.next(viewOf('a', before))));
    const after = before.map((row) => (row.index === 500 ? { ...row, have: 5 } : row));
    const update = sender.next(viewOf('a', after));
    expect(update.open?.files.files).toHaveLength(1);
    const then = receiver.apply(structuredClone(update));
    expect(then.open?.files[500]?.have).toBe(5);
    expect(then.open?.files[499]).toBe(shown.open?.files[499]);
  });

  it('leave an unchanged list of shares behind', () => {
    const [sender, receiver] = [new SnapshotSender(), new SnapshotReceiver()];
    const { id, role, state, title, size, done, link } = blankSnapshot;
    const shares = [{ id, role, state, title, size, done, link }];
    const first = receiver.apply(structuredClone(sender.next(viewOf('a', [], shares))));
    const update = sender.next(viewOf('a', [], shares));
    expect(update.shares).toBe('same');
    expect(receiver.apply(structuredClone(update)).shares).toBe(first.shares);
  });
});
