import { percentOf } from '../formats.ts';

export function Progress(props: { label: string; done: number; size: number; complete?: boolean }) {
  const percent = props.complete ? 100 : percentOf(props.done, props.size);
  const fraction = props.complete ? 1 : props.done / Math.max(props.size, 1);
  return (
    <div
      class="progress"
      role="progressbar"
      data-testid="progress"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div class="progress-fill" style={{ transform: `scaleX(${fraction})` }} />
    </div>
  );
}
