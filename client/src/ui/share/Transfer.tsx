import type { ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { percentOf } from '../formats.ts';
import { Progress } from '../parts/Progress.tsx';
import { texts } from '../texts.ts';
import { isWhole } from './whole.ts';

const QUARTER = 25;

/** How far along: for the eye continuously, for the ear by quarters. */
export function Transfer(props: { share: ShareSnapshot }) {
  const { share } = props;
  const percent = percentOf(share.done, share.size);
  const preparing = share.state === 'preparing';
  const whole = isWhole(share);
  return (
    <div class="transfer">
      {!whole && (
        <p class="transfer-head">
          <span class="transfer-percent">{texts.format.percent(percent)}</span>
          {(preparing || share.state === 'downloading') && <TimeLeft eta={share.eta} />}
        </p>
      )}
      <Progress
        label={preparing ? texts.progress.preparing : texts.progress.download}
        done={share.done}
        size={share.size}
        complete={whole}
      />
      {!whole && <p class="quiet">{texts.progress.of(share.done, share.size)}</p>}
      <p class="unseen" role="status">
        {quarterOf(percent)}
      </p>
    </div>
  );
}

function TimeLeft(props: { eta: number | undefined }) {
  return (
    <span
      class="quiet"
      data-testid="eta"
      data-value={props.eta === undefined ? undefined : Math.ceil(props.eta)}
    >
      {props.eta === undefined ? texts.progress.leftUnknown : texts.progress.left(props.eta)}
    </span>
  );
}

function quarterOf(percent: number): string {
  const reached = Math.floor(percent / QUARTER) * QUARTER;
  return reached > 0 && reached < 100 ? texts.status.quarter(reached) : '';
}
