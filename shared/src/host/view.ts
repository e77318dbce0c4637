import type { Time } from '../base/time.ts';
import type { Preparing } from './preparing.ts';
import type { Share } from './share.ts';
import { snapshotOf } from './shareSnapshot.ts';
import type { ShareSnapshot, Way } from './snapshot.ts';

/** What the open view is about. */
export type View =
  | { readonly type: 'none' }
  | { readonly type: 'share'; readonly share: Share }
  | { readonly type: 'preparing'; readonly preparing: Preparing }
  | { readonly type: 'problem'; readonly snapshot: ShareSnapshot };

export interface Around {
  readonly now: Time;
  readonly tracker: ShareSnapshot['tracker'];
  readonly waysOf: (share: Share) => readonly Way[];
  readonly linkOf: (share: Share) => string | undefined;
}

/** What the page draws of it. */
export function viewSnapshot(
  view: View,
  { now, tracker, waysOf, linkOf }: Around,
): ShareSnapshot | undefined {
  switch (view.type) {
    case 'none':
      return undefined;
    case 'preparing':
      return view.preparing.snapshot;
    case 'problem':
      return view.snapshot;
    case 'share':
      return snapshotOf(view.share, linkOf(view.share), now, tracker, waysOf(view.share));
  }
}
