import type { AnnounceReply } from '@shoal/shared/tracker/payload.ts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Why something was refused or dropped. */
export type Refusal =
  | 'origin'
  | 'full'
  | 'address-full'
  | 'address-rate'
  | 'slow-handshake'
  | 'bad-request'
  | 'too-large'
  | 'malformed'
  | 'rate'
  | 'flood'
  | 'not-member'
  | 'receiver-slow';

/** What is counted whenever somebody asks. */
export interface Census {
  readonly sockets: number;
  readonly swarms: number;
  readonly seeders: number;
  readonly leechers: number;
}

const ANNOUNCE_BUCKETS = [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.25];

/** Numbers for Prometheus. None names a swarm, a peer or an address. */
export class Metrics {
  readonly contentType: string;
  readonly #registry = new Registry();
  readonly #announces: Counter<'result'>;
  readonly #announceSeconds: Histogram;
  readonly #relayed: Counter;
  readonly #refused: Counter<'reason'>;

  constructor() {
    const registers = [this.#registry];
    this.contentType = this.#registry.contentType;
    collectDefaultMetrics({ register: this.#registry });
    this.#announces = new Counter({
      name: 'shoal_announces_total',
      help: 'Announces answered, by the kind of answer.',
      labelNames: ['result'],
      registers,
    });
    this.#announceSeconds = new Histogram({
      name: 'shoal_announce_seconds',
      help: 'From an announce read to its answer written.',
      buckets: ANNOUNCE_BUCKETS,
      registers,
    });
    this.#relayed = new Counter({
      name: 'shoal_signals_relayed_total',
      help: 'Signals passed on to another member.',
      registers,
    });
    this.#refused = new Counter({
      name: 'shoal_refused_total',
      help: 'Connections, requests and messages refused or dropped, by reason.',
      labelNames: ['reason'],
      registers,
    });
  }

  announced(result: AnnounceReply['type'], seconds: number): void {
    this.#announces.inc({ result });
    this.#announceSeconds.observe(seconds);
  }

  relayed(): void {
    this.#relayed.inc();
  }

  refused(reason: Refusal): void {
    this.#refused.inc({ reason });
  }

  /** Whom to ask how many there are. To be called once. */
  census(take: () => Census): void {
    const registers = [this.#registry];
    this.#gauge('shoal_sockets', 'Clients connected.', () => take().sockets);
    this.#gauge('shoal_swarms', 'Swarms with a member.', () => take().swarms);
    new Gauge({
      name: 'shoal_members',
      help: 'Members of all swarms who are connected.',
      labelNames: ['role'],
      registers,
      collect() {
        const { seeders, leechers } = take();
        this.set({ role: 'seeder' }, seeders);
        this.set({ role: 'leecher' }, leechers);
      },
    });
  }

  /** In the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #gauge(name: string, help: string, take: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(take());
      },
    });
  }
}
