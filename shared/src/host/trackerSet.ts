import type { Bytes } from '../base/bytes.ts';
import type { InfoHash, PeerId } from '../base/ids.ts';
import type {
  Announce,
  AnnounceResult,
  Clock,
  IceServer,
  Tracker,
  TrackerConnection,
  TrackerEvents,
  WayIn,
} from './ports.ts';
import { MAX_ICE_SERVERS } from '../tracker/limit.ts';
import { TrackedSwarm } from './trackedSwarm.ts';
import { type LineKind, TrackerLine } from './trackerLine.ts';

export interface TrackerSetOptions {
  readonly clock: Clock;
  readonly events: TrackerEvents;
  /** URLs of the page's own trackers: connected to at once, and for every share. */
  readonly own: readonly string[];
  connect(url: string, events: TrackerEvents): TrackerConnection;
  /** What introduces the tabs of this browser to one another. */
  readonly tabs?: (events: TrackerEvents) => TrackerConnection;
}

type Line = TrackerLine;

/** Connections to trackers: links could name more and more of them. */
const MOST_LINES = 32;

/**
 * Several trackers as one. All that an announce names are asked side by side; the first answer is told at once, those of
 * others, also of one that comes back, through `announced`. A signal goes by every tracker that knows its receiver. One
 * that a link names is connected to as long as a share of it takes part, and its failures change nothing for others.
 */
export class TrackerSet implements Tracker {
  readonly #options: TrackerSetOptions;
  readonly #lines = new Map<string, Line>();
  readonly #swarms = new Map<string, TrackedSwarm>();

  constructor(options: TrackerSetOptions) {
    this.#options = options;
    for (const url of options.own) this.#lineTo(url, 'own');
    const { tabs } = options;
    if (tabs !== undefined) this.#open('', '', 'tabs', tabs);
  }

  announce(announce: Announce): Promise<AnnounceResult> {
    const swarm = this.#swarmOf(announce);
    const asked = swarm.asked(this.#options.clock.now());
    return new Promise((resolve) => {
      let waiting = asked.length;
      let told = false;
      const answered = (answer: AnnounceResult): void => {
        const result = this.#combined(swarm, answer);
        if (told) this.#tellLate(swarm, answer);
        else if (result.type === 'announced' || result.type === 'id-taken' || waiting <= 0) {
          told = true;
          resolve(result);
        }
        if (waiting <= 0 && announce.event === 'stopped') this.#left(swarm);
      };
      if (waiting === 0) answered({ type: 'unreachable' });
      for (const line of asked)
        void this.#ask(swarm, line).then((answer) => {
          waiting--;
          answered(answer);
        });
    });
  }

  signal(infoHash: InfoHash, from: PeerId, to: PeerId, sealed: Bytes): void {
    const lines = this.#swarms.get(infoHash + from)?.linesTo(to) ?? [];
    for (const { tracker } of lines) tracker.signal(infoHash, from, to, sealed);
  }

  reconnect(): void {
    for (const { tracker } of this.#lines.values()) tracker.reconnect();
  }

  ways(infoHash: InfoHash): readonly WayIn[] {
    const swarm = [...this.#swarms.values()].findLast(({ announce }) => announce.infoHash === infoHash);
    const lines = swarm?.lines ?? [...this.#lines.values()].filter(({ kind }) => kind !== 'named');
    return lines.map((line) => wayOf(line, swarm?.said(line)));
  }

  close(): void {
    for (const { tracker } of this.#lines.values()) tracker.close();
    this.#lines.clear();
    this.#swarms.clear();
  }

  async #ask(swarm: TrackedSwarm, line: Line): Promise<AnnounceResult> {
    const answer = await line.tracker.announce(swarm.announce);
    swarm.heard(line, answer, this.#options.clock.now());
    this.#options.events.changed();
    return answer;
  }

  #combined(swarm: TrackedSwarm, answer: AnnounceResult): AnnounceResult {
    return swarm.result(answer.type === 'announced' ? answer.members : [], this.#options.clock.now());
  }

  /** What another tracker refuses changes nothing, and is seen in the ways. */
  #tellLate(swarm: TrackedSwarm, answer: AnnounceResult): void {
    const { infoHash, peerId, event } = swarm.announce;
    const result = this.#combined(swarm, answer);
    const concerns = answer.type === 'announced' || result.type === 'id-taken';
    if (concerns && event !== 'stopped') this.#options.events.announced(infoHash, peerId, result);
  }

  #swarmOf(announce: Announce): TrackedSwarm {
    const key = announce.infoHash + announce.peerId;
    const swarm = this.#swarms.get(key) ?? new TrackedSwarm(announce);
    this.#swarms.set(key, swarm);
    swarm.announce = announce;
    const general = [...this.#lines.values()].filter(({ kind }) => kind !== 'named');
    const named = (announce.trackers ?? []).flatMap((url) => this.#named(url) ?? []);
    swarm.lines = [...new Set([...general, ...named])];
    return swarm;
  }

  #left(swarm: TrackedSwarm): void {
    const { infoHash, peerId } = swarm.announce;
    this.#swarms.delete(infoHash + peerId);
    const used = new Set([...this.#swarms.values()].flatMap(({ lines }) => lines));
    for (const line of swarm.lines) {
      if (line.kind !== 'named' || used.has(line)) continue;
      this.#lines.delete(keyOf(line.url));
      line.tracker.close();
    }
  }

  #named(url: string): Line | undefined {
    if (!URL.canParse(url)) return undefined;
    const known = this.#lines.get(keyOf(url));
    return known ?? (this.#lines.size < MOST_LINES ? this.#lineTo(url, 'named') : undefined);
  }

  #lineTo(url: string, kind: LineKind): Line {
    return this.#open(keyOf(url), url, kind, (events) => this.#options.connect(url, events));
  }

  #open(
    key: string,
    url: string,
    kind: LineKind,
    connect: (events: TrackerEvents) => TrackerConnection,
  ): Line {
    const line = new TrackerLine(url, kind, this.#options.clock, (opened) => connect(this.#eventsOf(opened)));
    this.#lines.set(key, line);
    return line;
  }

  #eventsOf(line: Line): TrackerEvents {
    const { events } = this.#options;
    return {
      connected: (ice) => this.#connected(line, ice),
      ice: (servers) => {
        line.told(servers);
        events.ice(this.#ice);
      },
      disconnected: (retryIn) => this.#lost(line, retryIn),
      signalled: (infoHash, to, from, sealed) => {
        const swarm = this.#swarms.get(infoHash + to);
        swarm?.heardOf(from, line);
        if (swarm?.isNew(from, sealed) === true) events.signalled(infoHash, to, from, sealed);
      },
      announced: (infoHash, peerId, result) => {
        const swarm = this.#swarms.get(infoHash + peerId);
        swarm?.heard(line, result, this.#options.clock.now());
        if (swarm !== undefined) this.#tellLate(swarm, result);
      },
      changed: () => events.changed(),
    };
  }

  /** The first tracker is told of, so that all is announced anew; to others it is announced here. */
  #connected(line: Line, ice: readonly IceServer[]): void {
    const { events } = this.#options;
    const first = line.kind !== 'tabs' && !this.#reachesTracker;
    line.greeted(ice);
    if (first) events.connected(this.#ice);
    else {
      events.ice(this.#ice);
      for (const swarm of this.#swarms.values())
        if (swarm.lines.includes(line))
          void this.#ask(swarm, line).then((answer) => this.#tellLate(swarm, answer));
    }
    events.changed();
  }

  #lost(line: Line, retryIn: number): void {
    const { events } = this.#options;
    line.lost(retryIn);
    for (const swarm of this.#swarms.values()) swarm.lost(line);
    if (!this.#reachesTracker) events.disconnected(retryIn);
    events.changed();
  }

  /** Other tabs are none. */
  get #reachesTracker(): boolean {
    return [...this.#lines.values()].some(({ connected, kind }) => connected && kind !== 'tabs');
  }

  /** Of the page's own trackers first. */
  get #ice(): readonly IceServer[] {
    return [...this.#lines.values()].flatMap(({ ice }) => ice).slice(0, MAX_ICE_SERVERS);
  }
}

/** Of a tracker's URL only scheme, host and port count. */
function keyOf(url: string): string {
  const { protocol, host } = new URL(url.replace(/^http/i, 'ws'));
  return `${protocol}//${host}`;
}

function wayOf(line: Line, said: ReturnType<TrackedSwarm['said']>): WayIn {
  const { url, kind, state } = line;
  if (kind === 'tabs')
    return { type: 'tabs', count: said?.type === 'announced' ? said.seeders + said.leechers - 1 : 0 };
  const own = kind === 'own';
  if (state.type !== 'connected' || said === undefined || said.type === 'announced')
    return { type: 'tracker', url, own, state };
  const reason = said.type === 'refused' ? said.reason : 'the peer id is taken';
  return { type: 'tracker', url, own, state: { type: 'refused', reason } };
}
