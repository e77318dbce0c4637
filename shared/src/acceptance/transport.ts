import { NO_SERVERS, Ends, type MakePair, pattern, peerKey } from './transportEnds.ts';

type Assert = (holds: boolean, expectation: string) => void;

interface Check {
  readonly name: string;
  run(): Promise<void>;
}

const STRANGER = peerKey(3);
const SIZES = [1, 2, 16_397, 65_549, 204_800, 300_001, 3];

/** What every Transport must do. Plain asynchronous checks, to be run in whatever place the transport needs. */
export function transportChecks(makePair: MakePair, assert: Assert): Check[] {
  const check = (name: string, body: (pair: Ends) => Promise<void>): Check => ({
    name,
    async run() {
      const pair = new Ends(makePair);
      try {
        await body(pair);
      } finally {
        pair.end();
      }
    },
  });

  return [
    check('opens both ends once, with credit and crosswise equal fingerprints', async (pair) => {
      await pair.connect(0);
      const [here, there] = [pair.here.lane(0), pair.there.lane(0)];
      assert(here.opened.length === 1 && there.opened.length === 1, 'opened exactly once at each end');
      assert(here.granted > 0 && there.granted > 0, 'some credit at each end');
      assert(here.opened[0]?.local === there.opened[0]?.remote, 'my local fingerprint is your remote one');
      assert(here.opened[0]?.remote === there.opened[0]?.local, 'my remote fingerprint is your local one');
      assert(here.opened[0]?.local !== here.opened[0]?.remote, 'each end has a fingerprint of its own');
    }),

    check('carries bytes in order both ways, whatever the size of the frames', async (pair) => {
      await pair.connect(0);
      const total = SIZES.reduce((sum, size) => sum + size, 0);
      await Promise.all([pair.stream(pair.here, 0, SIZES), pair.stream(pair.there, 0, SIZES)]);
      assert(pair.here.lane(0).received === total, `${total} bytes arrived here`);
      assert(pair.there.lane(0).received === total, `${total} bytes arrived there`);
      assert(pair.here.lane(0).inOrder && pair.there.lane(0).inOrder, 'bytes arrived unchanged and in order');
    }),

    check('loses nothing of what an end sends as soon as it is open', async (pair) => {
      const connected = pair.connect(0);
      for (const end of [pair.here, pair.there]) {
        const lane = end.lane(0);
        await pair.until(lane.when(() => lane.credit > 0));
        await pair.stream(end, 0, [100, 70_000]);
      }
      await connected;
    }),

    check('sends a view on a larger buffer as just the view', async (pair) => {
      await pair.connect(0);
      const large = pattern(0, 5000);
      pair.here.transport.send(pair.here.peer, 0, [large.subarray(0, 1234), pattern(1234, 10)]);
      await pair.received(pair.there, 0, 1244);
      assert(pair.there.lane(0).received === 1244, '1244 bytes arrived');
      assert(pair.there.lane(0).inOrder, 'bytes arrived unchanged and in order');
    }),

    check('never grants more than the first credit, and gives it all back', async (pair) => {
      await pair.connect(0);
      const lane = pair.here.lane(0);
      const window = lane.credit;
      const frames = Array.from({ length: Math.ceil((3 * window) / 65_549) }, () => 65_549);
      await pair.stream(pair.here, 0, [...frames, 1]);
      await pair.until(lane.when(() => lane.credit >= window));
      assert(lane.most <= window, `never more than ${window} bytes of credit, was ${lane.most}`);
      assert(lane.credit === window, `${window} bytes of credit after draining, was ${lane.credit}`);
    }),

    check('tells a close to the other side exactly once, and nothing to the closing side', async (pair) => {
      await pair.connect(0);
      await pair.connect(1);
      pair.here.transport.close(pair.here.peer, 1);
      const [closing, closed] = [pair.here.lane(1), pair.there.lane(1)];
      const before = closing.events;
      await pair.until(closed.when(() => closed.closed > 0));
      await pair.stream(pair.here, 0, [1000]);
      await pair.stream(pair.there, 0, [1000]);
      assert(closed.closed === 1, `closed once there, was ${closed.closed}`);
      assert(closing.events === before, 'no event here after the close');
      assert(pair.here.lane(0).closed + pair.there.lane(0).closed === 0, 'the other lane is untouched');
    }),

    check('opens a closed lane anew', async (pair) => {
      await pair.connect(0);
      await pair.connect(1);
      pair.here.transport.close(pair.here.peer, 1);
      const old = pair.there.lane(1);
      await pair.until(old.when(() => old.closed > 0));
      pair.here.forget(1);
      pair.there.forget(1);
      await pair.connect(1);
      await pair.stream(pair.here, 1, [70_000]);
      assert(pair.there.lane(1).received === 70_000 && pair.there.lane(1).inOrder, '70000 bytes arrived');
      assert(pair.here.lane(1).opened.length === 1, 'opened once');
    }),

    check('keeps lanes apart', async (pair) => {
      await pair.connect(0);
      await pair.connect(1);
      await Promise.all([pair.stream(pair.here, 0, [100_000]), pair.stream(pair.here, 1, [50_000, 7])]);
      assert(pair.there.lane(0).received === 100_000, '100000 bytes on lane 0');
      assert(pair.there.lane(1).received === 50_007, '50007 bytes on lane 1');
      assert(
        pair.there.lane(0).inOrder && pair.there.lane(1).inOrder,
        'bytes arrived unchanged and in order',
      );
    }),

    check('ignores what is meant for unknown connections', async (pair) => {
      const { transport } = pair.here;
      transport.signal(STRANGER, 0, { type: 'answer', sdp: 'v=0' });
      transport.send(STRANGER, 0, [pattern(0, 10)]);
      transport.close(STRANGER, 0);
      await pair.connect(0);
      assert(pair.here.strangers === 0, 'no event for a connection never opened');
    }),

    check('ends a connection whose description has no single fingerprint', async (pair) => {
      const { transport, peer } = pair.here;
      transport.open(peer, 0, 'responder', NO_SERVERS);
      transport.signal(peer, 0, { type: 'offer', sdp: TWO_FINGERPRINTS });
      const lane = pair.here.lane(0);
      await pair.until(lane.when(() => lane.closed > 0));
      assert(lane.closed === 1 && lane.opened.length === 0, 'closed once, never opened');
    }),
  ];
}

const FINGERPRINT = `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AA').join(':')}`;
const TWO_FINGERPRINTS = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  FINGERPRINT,
  FINGERPRINT.replaceAll('AA', 'BB'),
  'a=setup:actpass',
  'a=mid:0',
  'a=sctp-port:5000',
  '',
].join('\r\n');
