import type { ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';

/** Speeds, amounts and people: each a value, and what it is. */
export function Numbers(props: { share: ShareSnapshot }) {
  const { share } = props;
  const receiver = share.role === 'receiver';
  const moving = share.state !== 'ready' && share.state !== 'connecting';
  return (
    <ul class="numbers" aria-label={texts.numbers.title}>
      {receiver && moving && <Rate testId="rate-down" value={share.rateDown} label={texts.numbers.down} />}
      {moving && <Rate testId="rate-up" value={share.rateUp} label={texts.numbers.up} />}
      {receiver && moving && (
        <Amount testId="downloaded" value={share.downloaded} label={texts.numbers.downloaded} />
      )}
      {moving && <Amount testId="uploaded" value={share.uploaded} label={texts.numbers.uploaded} />}
      <Count testId="peers" value={share.peers.length} label={texts.numbers.peers(share.peers.length)} />
      <Count testId="copies" value={share.copies} label={texts.numbers.copies(share.copies)} />
    </ul>
  );
}

interface NumberProps {
  readonly testId: string;
  readonly value: number;
  readonly label: string;
}

function Rate(props: NumberProps) {
  return (
    <li data-testid={props.testId} data-value={Math.round(props.value)}>
      <span class="number">{texts.format.rate(props.value)}</span> {props.label}
    </li>
  );
}

function Amount(props: NumberProps) {
  return (
    <li data-testid={props.testId} data-value={Math.round(props.value)}>
      <span class="number">{texts.format.bytes(props.value)}</span> {props.label}
    </li>
  );
}

function Count(props: NumberProps) {
  return (
    <li data-testid={props.testId} data-count={props.value}>
      <span class="number">{texts.format.number(props.value)}</span> {props.label}
    </li>
  );
}
