import type { PeerSnapshot } from '@shoal/shared/host/snapshot.ts';
import { memo } from '../parts/memo.tsx';
import { texts } from '../texts.ts';

const NAME_LENGTH = 4;

export const PeerRow = memo(function PeerRow(props: { peer: PeerSnapshot }) {
  const { peer } = props;
  const percent = Math.floor(peer.progress * 100);
  return (
    <li class="peer-row" data-testid="peer-row">
      <span class="peer-name">{texts.people.name(peer.id.slice(-NAME_LENGTH))}</span>
      <span class="quiet">
        {texts.people.routes[peer.route]} · {percent >= 100 ? texts.people.hasAll : texts.people.has(percent)}
      </span>
      <span class="peer-rates">
        <PeerRate arrow="↓" label={texts.numbers.down} value={peer.rateDown} />
        <PeerRate arrow="↑" label={texts.numbers.up} value={peer.rateUp} />
      </span>
    </li>
  );
});

function PeerRate(props: { arrow: string; label: string; value: number }) {
  if (props.value < 1) return null;
  return (
    <span>
      <span role="img" aria-label={props.label}>
        {props.arrow}
      </span>{' '}
      {texts.format.rate(props.value)}
    </span>
  );
}
