import { useEffect, useRef } from 'preact/hooks';
import type { Command, ShareSummary } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';
import { ShareItem } from './ShareItem.tsx';

export function ShareList(props: { shares: readonly ShareSummary[]; send: (command: Command) => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const count = props.shares.length;
  const before = useRef(count);
  useEffect(() => {
    // The button that was pressed is gone with its row.
    if (count < before.current && document.activeElement === document.body) heading.current?.focus();
    before.current = count;
  }, [count]);
  if (count === 0) return null;
  return (
    <section>
      <h2 ref={heading} tabIndex={-1}>
        {texts.landing.listTitle}
      </h2>
      <ul class="rows" data-testid="share-list">
        {props.shares.map((share) => (
          <ShareItem key={share.id} share={share} send={props.send} />
        ))}
      </ul>
    </section>
  );
}
