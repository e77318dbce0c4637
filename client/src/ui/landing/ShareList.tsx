import type { Command, ShareSummary } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';
import { ShareItem } from './ShareItem.tsx';

export function ShareList(props: { shares: readonly ShareSummary[]; send: (command: Command) => void }) {
  if (props.shares.length === 0) return null;
  return (
    <section>
      <h2>{texts.landing.listTitle}</h2>
      <ul class="rows" data-testid="share-list">
        {props.shares.map((share) => (
          <ShareItem key={share.id} share={share} send={props.send} />
        ))}
      </ul>
    </section>
  );
}
