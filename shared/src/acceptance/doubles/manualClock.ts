import type { Time } from '../../base/time.ts';
import type { Clock } from '../../host/ports.ts';

interface Alarm {
  readonly time: Time;
  readonly call: () => void;
}

/** Time that passes only when told to. */
export class ManualClock implements Clock {
  #now: Time = 0;
  #wall = 0;
  readonly #alarms = new Set<Alarm>();

  now(): Time {
    return this.#now;
  }

  /** What a clock on the wall shows. */
  readonly wall = (): Time => this.#now + this.#wall;

  /** Sets the wall's clock by so many milliseconds; a sleep in which this clock stands still looks the same. */
  shiftWall(milliseconds: number): void {
    this.#wall += milliseconds;
  }

  at(time: Time, call: () => void): () => void {
    const alarm = { time, call };
    this.#alarms.add(alarm);
    return () => void this.#alarms.delete(alarm);
  }

  /** When the next call is due. */
  get nextAt(): Time | undefined {
    const times = Array.from(this.#alarms, ({ time }) => time);
    return times.length === 0 ? undefined : Math.max(this.#now, Math.min(...times));
  }

  /** Lets so many milliseconds pass, and makes the calls due within them, each at its time. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let next = this.nextAt; next !== undefined && next <= end; next = this.nextAt) {
      this.#now = next;
      this.#ring();
    }
    this.#now = end;
  }

  /** What is due now; what these calls ask for is for later. */
  #ring(): void {
    const due = [...this.#alarms].filter(({ time }) => time <= this.#now).sort((a, b) => a.time - b.time);
    for (const alarm of due) if (this.#alarms.delete(alarm)) alarm.call();
  }
}
