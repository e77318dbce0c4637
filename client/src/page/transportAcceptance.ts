/** The entry of a page of its own, on which a browser test runs the acceptance suite of the transport. */
import { transportChecks } from '@shoal/shared/acceptance/transport.ts';
import type { Transport, TransportEvents } from '@shoal/shared/host/ports.ts';
import { WorkerTransport } from '../engine/workerTransport.ts';
import { PageTransport } from './transport.ts';
import { bridgeTransport } from './transportBridge.ts';

const makers = {
  direct: (events: TransportEvents): Transport => new PageTransport(events),
  /** The page keeps the channels, as where they can't leave it. */
  bridged: (events: TransportEvents): Transport => {
    const { port1, port2 } = new MessageChannel();
    bridgeTransport(port1, (own) => new PageTransport(own));
    return new WorkerTransport(port2, events);
  },
  handingOver: (events: TransportEvents): Transport => {
    const { port1, port2 } = new MessageChannel();
    bridgeTransport(port1, (own, takerOf) => new PageTransport(own, takerOf));
    return new WorkerTransport(port2, events);
  },
};

interface Outcome {
  readonly name: string;
  readonly problem: string | undefined;
}

declare global {
  var checkTransport: (kind: keyof typeof makers) => Promise<Outcome[]>;
}

globalThis.checkTransport = async (kind) => {
  const make = makers[kind];
  const outcomes: Outcome[] = [];
  const checks = transportChecks((here, there) => {
    return { here: make(here), there: make(there), until: (awaited) => awaited };
  }, assert);
  for (const check of checks) outcomes.push({ name: check.name, problem: await problemOf(check.run()) });
  return outcomes;
};

function assert(holds: boolean, expectation: string): void {
  if (!holds) throw new Error(`expected ${expectation}`);
}

async function problemOf(run: Promise<void>): Promise<string | undefined> {
  try {
    await Promise.race([run, expiry()]);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function expiry(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('still waiting after 10 s')), 10_000));
}
