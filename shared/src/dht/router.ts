import type { Bytes } from '../base/bytes.ts';
import { SECOND, type Time } from '../base/time.ts';
import type { DhtContext } from './context.ts';
import { Deadlines } from './deadlines.ts';
import { headOf, shareBetween } from './distance.ts';
import type { Link } from './link.ts';
import { MAX_LINK_PATHS, MAX_PATHS, MAX_STEPS, MAX_TRIES, PATH_LIFE } from './limits.ts';
import type { Answer, Back, Forward, Reply, Request } from './message.ts';
import { nextHop } from './nextHop.ts';
import type { Key, NodeId } from './nodeId.ts';
import { type OwnPath, Path } from './path.ts';
import { PATH_BYTES, type PathId, pathIdOf } from './pathId.ts';

/** What a node itself has to say to a request. */
export interface Service {
  /** The answer, if the request ends here; a record to be filed is filed here too, where it belongs. */
  take(request: Request, target: Key, sender: NodeId, path?: PathId): Answer | undefined;
  /** Something came back over a path that a signal of ours went. */
  returned(sealed: Bytes): void;
  /** What to say where nobody is nearer. */
  last(request: Request, target: Key, sender: NodeId): Answer;
}

/** What any node of a region may have: everything else is for whoever is nearest. */
const SEEKING: ReadonlySet<Request['type']> = new Set(['providers', 'mutable']);
/** Bytes that count as much as a small message. */
const UNIT = 1000;
/** Signals back over one path: an answer, its candidates. */
const MAX_RETURNED = 64;
/** Waiting for an answer: this, and so much for each hop that is still to come. */
const LEAST_WAIT = SECOND;
const HOP_WAIT = 500;
const BITS_A_HOP = 2;

/**
 * Sends requests on, hop by hop, and answers back: others' and our own. A hop that does not acknowledge, knows no way
 * or stays silent is passed over for the next best, as long as steps are left.
 */
export class Router {
  readonly #context: DhtContext;
  readonly #service: Service;
  /** The oldest first. Those that have ended stay for a while: a node takes part in a path once. */
  readonly #paths = new Map<PathId, Path>();
  readonly #deadlines = new Deadlines<PathId>();
  readonly #perLink = new Map<Link, number>();

  constructor(context: DhtContext, service: Service) {
    this.#context = context;
    this.#service = service;
  }

  get wakeAt(): Time {
    return this.#deadlines.next;
  }

  /** Begins a path of our own. */
  start(own: OwnPath): void {
    const { random, now } = this.#context;
    const id = pathIdOf(random.bytes(PATH_BYTES));
    const path = new Path({ ...own, path: id, left: MAX_STEPS }, { type: 'own', own }, now);
    this.#paths.set(id, path);
    this.#advance(path);
  }

  forwarded(from: Link, message: Forward): void {
    this.#expire();
    const { path: id, target, request } = message;
    if (this.#paths.has(id)) return this.#reply(from, message, { type: 'none' });
    if (!this.#mayTake(from, request)) return this.#reply(from, message, { type: 'busy' });
    const path = new Path(message, { type: 'link', link: from }, this.#context.now);
    this.#remember(from, path);
    const answer = this.#service.take(request, target, from.contact.id, id);
    if (answer !== undefined) return this.#conclude(path, answer);
    this.#context.emit({ type: 'send', link: from.key, message: { type: 'ack', path: id } });
    this.#advance(path);
  }

  acknowledged(link: Link, id: PathId): void {
    const path = this.#paths.get(id);
    if (path?.isWaitingFor(link) !== true) return;
    link.acknowledged(this.#context.now, this.#context.now - path.sentAt);
    path.phase = 'acknowledged';
    this.#deadlines.set(id, this.#context.now + this.#answerWait(link, path));
  }

  replied(link: Link, { path: id, left, answer }: Reply): void {
    const path = this.#paths.get(id);
    if (path === undefined || path.phase === 'ended' || !path.tried.includes(link)) return;
    if (path.isWaitingFor(link)) link.acknowledged(this.#context.now, this.#context.now - path.sentAt);
    path.gotBack(left);
    if (!isNegative(answer)) this.#succeed(path, link, answer);
    else if (path.current === link) this.#advance(path);
  }

  /** Passes on what goes back over a path that a signal went. */
  returned(from: Link, { path: id, sealed }: Back): void {
    const path = this.#paths.get(id);
    const units = 1 + sealed.length / UNIT;
    if (path === undefined || !path.tried.includes(from) || !from.requests.spend(this.#context.now, units))
      return;
    this.#goBack(path, sealed);
  }

  /** False when the path is not known any more. */
  sendBack(id: PathId, sealed: Bytes): boolean {
    const path = this.#paths.get(id);
    if (path !== undefined) this.#goBack(path, sealed);
    return path !== undefined;
  }

  #goBack(path: Path, sealed: Bytes): void {
    const { origin, id } = path;
    if (path.request.type !== 'signal' || path.returned++ >= MAX_RETURNED) return;
    if (origin.type === 'own') this.#service.returned(sealed);
    else
      this.#context.emit({
        type: 'send',
        link: origin.link.key,
        message: { type: 'back', path: id, sealed },
      });
  }

  /** Nothing comes back over it any more. */
  lost(link: Link): void {
    this.#perLink.delete(link);
    for (const path of this.#paths.values())
      if (path.current === link && path.phase !== 'ended') this.#overdue(path);
  }

  tick(): void {
    this.#expire();
    const { now } = this.#context;
    for (let id = this.#deadlines.take(now); id !== undefined; id = this.#deadlines.take(now)) {
      const path = this.#paths.get(id);
      if (path !== undefined && path.phase !== 'ended') this.#overdue(path);
    }
  }

  #overdue(path: Path): void {
    if (path.phase === 'sent') {
      path.current?.suspect(this.#context.now);
      path.gotBack(MAX_STEPS);
    }
    this.#advance(path);
  }

  #succeed(path: Path, link: Link, answer: Answer): void {
    link.answered();
    for (const other of path.tried) if (other !== link) other.disappointed();
    this.#conclude(path, answer);
  }

  #advance(path: Path): void {
    const next = path.left > 0 && path.tried.length < MAX_TRIES ? this.#next(path) : undefined;
    if (next === undefined) return this.#conclude(path, this.#last(path));
    const { now } = this.#context;
    path.goOver(next, now);
    const { id, target, salt, lent: left, request } = path;
    this.#context.emit({
      type: 'send',
      link: next.key,
      message: { type: 'forward', path: id, target, salt, left, request },
    });
    this.#deadlines.set(id, now + next.patience);
  }

  #next(path: Path): Link | undefined {
    const { self, links, size, now } = this.#context;
    const { target, salt } = path;
    const first = path.origin.type === 'own' && path.tried.length === 0 ? path.origin.own.first : undefined;
    if (first !== undefined) return first;
    const way = {
      self: path.origin.type === 'own' ? undefined : self.id,
      target,
      salt,
      region: SEEKING.has(path.request.type) ? size.region : 0,
      now,
    };
    return nextHop(links, way, (link) => path.excludes(link));
  }

  #last({ request, target, origin }: Path): Answer {
    if (origin.type === 'own') return { type: 'none' };
    return this.#service.last(request, target, origin.link.contact.id);
  }

  #conclude(path: Path, answer: Answer): void {
    path.phase = 'ended';
    this.#deadlines.delete(path.id);
    const { origin } = path;
    if (origin.type === 'link') return this.#reply(origin.link, { path: path.id, left: path.left }, answer);
    origin.own.ended({ answer, steps: MAX_STEPS - path.left, over: path.current });
  }

  #reply(to: Link, { path, left }: { readonly path: PathId; readonly left: number }, answer: Answer): void {
    this.#context.emit({ type: 'send', link: to.key, message: { type: 'reply', path, left, answer } });
  }

  #mayTake(from: Link, request: Request): boolean {
    const { now } = this.#context;
    if (this.#paths.size >= MAX_PATHS || (this.#perLink.get(from) ?? 0) >= MAX_LINK_PATHS) return false;
    const storing = request.type === 'publish' || request.type === 'put';
    const units = request.type === 'signal' ? 1 + request.sealed.length / UNIT : 1;
    return from.requests.spend(now, units) && (!storing || from.stores.spend(now));
  }

  #remember(from: Link, path: Path): void {
    this.#paths.set(path.id, path);
    this.#perLink.set(from, (this.#perLink.get(from) ?? 0) + 1);
  }

  #expire(): void {
    for (const [id, path] of this.#paths) {
      if (path.since + PATH_LIFE > this.#context.now) return;
      this.#paths.delete(id);
      this.#deadlines.delete(id);
      const link = path.origin.type === 'link' ? path.origin.link : undefined;
      const count = link && this.#perLink.get(link);
      if (link && count !== undefined) this.#perLink.set(link, count - 1);
    }
  }

  #answerWait(link: Link, { target }: Path): number {
    const share = shareBetween(link.head, headOf(target));
    const bits = Math.max(Math.log2(share * (this.#context.size.nodes ?? 1000) || 1), 0);
    return LEAST_WAIT + (HOP_WAIT * bits) / BITS_A_HOP;
  }
}

function isNegative(answer: Answer): boolean {
  return answer.type === 'none' || answer.type === 'busy';
}
