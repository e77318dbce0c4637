import type { Time } from '../base/time.ts';
import type { Link } from './link.ts';
import type { Answer, Forward, Request } from './message.ts';
import type { Key } from './nodeId.ts';
import type { PathId } from './pathId.ts';

/** How a path of our own ended. */
export interface PathEnd {
  readonly answer: Answer;
  readonly steps: number;
  /** The link that the answer came over; none when there was nobody to ask. */
  readonly over: Link | undefined;
}

/** A path that begins here. */
export interface OwnPath {
  readonly target: Key;
  readonly salt: number;
  readonly request: Request;
  /** First links that are left to other paths. */
  avoids(link: Link): boolean;
  /** It goes over that link first, or over that one now. */
  took(link: Link): void;
  /** Where it goes first, if not where it looks best. */
  readonly first?: Link | undefined;
  ended(end: PathEnd): void;
}

/** So much of what is left a hop keeps for other ways, should the first come to nothing. */
const KEPT = 0.2;

type Origin =
  { readonly type: 'link'; readonly link: Link } | { readonly type: 'own'; readonly own: OwnPath };

/** A request on its way, as one of its hops sees it. */
export class Path {
  readonly id: PathId;
  readonly target: Key;
  readonly salt: number;
  readonly request: Request;
  readonly origin: Origin;
  readonly since: Time;
  /** Over which it was sent on, the latest last. */
  readonly tried: Link[] = [];
  /** Steps that may still be taken from here. */
  left: number;
  /** Steps that whoever it was sent to may take: those not taken come back with the answer. */
  lent = 0;
  phase: 'sent' | 'acknowledged' | 'ended' = 'sent';
  sentAt: Time;
  /** How many signals went back over it. */
  returned = 0;

  constructor({ path, target, salt, request, left }: Omit<Forward, 'type'>, origin: Origin, now: Time) {
    this.id = path;
    this.target = target;
    this.salt = salt;
    this.request = request;
    this.left = left;
    this.origin = origin;
    this.since = now;
    this.sentAt = now;
  }

  get current(): Link | undefined {
    return this.tried.at(-1);
  }

  excludes(link: Link): boolean {
    if (this.tried.includes(link)) return true;
    return this.origin.type === 'link' ? link === this.origin.link : this.origin.own.avoids(link);
  }

  goOver(link: Link, now: Time): void {
    this.tried.push(link);
    const left = this.left - 1;
    this.left = Math.floor(left * KEPT);
    this.lent = left - this.left;
    this.phase = 'sent';
    this.sentAt = now;
    if (this.origin.type === 'own') this.origin.own.took(link);
  }

  /** Steps lent and not taken, as is said; of a hop that never answers they are lost. */
  gotBack(steps: number): void {
    this.left += Math.min(steps, this.lent);
    this.lent = 0;
  }

  isWaitingFor(link: Link): boolean {
    return this.phase === 'sent' && this.current === link;
  }
}
