import type { Bytes } from '../../base/bytes.ts';
import type { Time } from '../../base/time.ts';
import type { Contact } from '../../dht/contact.ts';
import { type DhtInput, type DhtOutput, type Ending, type Operation, operation } from '../../dht/io.ts';
import type { DhtNode } from '../../dht/node.ts';
import type { Provider, ShareAddress } from '../../dht/shareAddress.ts';
import { encodePayload, type SignalPayload } from '../../dht/signalPayload.ts';
import type { Clock } from '../ports.ts';

/** What comes of something asked of the node. */
export interface Outcome {
  provider?(provider: Provider): void;
  ended?(ending: Ending): void;
}

/** Outputs that are not an operation's. */
export type NodeOutput = Exclude<DhtOutput, { readonly operation: Operation }>;

/** Beyond it nothing passes through the overlay; what is around a payload has its room in a signal. */
const MAX_PAYLOAD = 7 * 1024;

/** Runs a node: one input after the other, and a tick when one is due. */
export class NodeRunner {
  readonly node: DhtNode;
  readonly #clock: Clock;
  readonly #perform: (output: NodeOutput) => void;
  readonly #outcomes = new Map<Operation, Outcome>();
  readonly #inputs: DhtInput[] = [];
  #operations = 0;
  #stepping = false;
  #ended = false;
  #wakeAt: Time = Number.POSITIVE_INFINITY;
  #cancelWake: (() => void) | undefined;

  constructor(node: DhtNode, clock: Clock, perform: (output: NodeOutput) => void) {
    this.node = node;
    this.#clock = clock;
    this.#perform = perform;
  }

  /** What comes while an output is performed waits for the others. */
  step(input: DhtInput): void {
    if (this.#ended) return;
    this.#inputs.push(input);
    if (this.#stepping) return;
    this.#stepping = true;
    try {
      for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift())
        for (const output of this.node.step(this.#clock.now(), next)) this.#take(output);
    } finally {
      this.#stepping = false;
    }
    this.#schedule();
  }

  lookUp(address: ShareAddress, outcome: Outcome): void {
    this.step({ type: 'lookUp', operation: this.#operation(outcome), address });
  }

  signal(to: Contact, payload: SignalPayload, lost: () => void = () => undefined): void {
    const bytes: Bytes = encodePayload(payload);
    if (bytes.length > MAX_PAYLOAD) return lost();
    const ended = (ending: Ending) => {
      if (ending !== 'answered') lost();
    };
    this.step({ type: 'signal', operation: this.#operation({ ended }), to, payload: bytes });
  }

  /** What is asked from now on comes to nothing. */
  end(): void {
    this.#cancelWake?.();
    this.#ended = true;
  }

  #operation(outcome: Outcome): Operation {
    const number = operation(++this.#operations);
    this.#outcomes.set(number, outcome);
    return number;
  }

  #take(output: DhtOutput): void {
    if (!('operation' in output)) return this.#perform(output);
    const outcome = this.#outcomes.get(output.operation);
    if (output.type === 'provider') outcome?.provider?.(output.provider);
    if (output.type !== 'ended') return;
    this.#outcomes.delete(output.operation);
    outcome?.ended?.(output.ending);
  }

  /** A wake too early does no harm. */
  #schedule(): void {
    const { wakeAt } = this.node;
    if (wakeAt >= this.#wakeAt) return;
    this.#cancelWake?.();
    this.#wakeAt = wakeAt;
    this.#cancelWake = this.#clock.at(wakeAt, () => {
      this.#wakeAt = Number.POSITIVE_INFINITY;
      this.step({ type: 'tick' });
    });
  }
}
