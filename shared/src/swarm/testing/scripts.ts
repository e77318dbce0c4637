import type { Bytes } from '../../base/bytes.ts';
import type { Message, Range } from '../../wire/message.ts';
import type { ScriptedPeer } from './scriptedPeer.ts';
import type { TinyShare } from './tinyShare.ts';

/** What to send for a request: other bytes, a reject, or nothing at all. */
export type Answer = (range: Range, truth: Bytes) => Bytes | 'reject' | undefined;

/** Makes the script claim everything and serve it, as far as `answer` does. Hash requests are rejected. */
export function actAsSeeder(
  script: ScriptedPeer,
  share: TinyShare,
  answer: Answer = (_range, truth) => truth,
): void {
  script.admitted = () => {
    script.greet({ type: 'haveAll' });
    script.say({ type: 'unchoke' });
    script.stayAlive();
  };
  script.reply = (message) => {
    if (message.type === 'hashRequest') script.say({ ...message, type: 'hashReject' });
    if (message.type !== 'request') return;
    const { piece, begin, length } = message;
    const data = answer(message, share.range(piece, begin, length));
    if (data === 'reject') script.say({ type: 'reject', piece, begin, length });
    else if (data !== undefined) script.say({ type: 'piece', piece, begin, data });
  };
}

/** Makes the script want everything, and request it piece by piece whenever it is unchoked. */
export function actAsLeecher(script: ScriptedPeer, share: TinyShare, block = 16 * 1024): void {
  let next = 0;
  const ask = () => {
    const piece = Math.floor(next / share.layout.pieceLength);
    const begin = next % share.layout.pieceLength;
    const length = Math.min(block, share.layout.length - next);
    next = next + length >= share.layout.length ? 0 : next + length;
    script.say({ type: 'request', piece, begin, length });
  };
  script.admitted = () => {
    script.greet({ type: 'haveNone' });
    script.say({ type: 'interested' });
    script.stayAlive();
  };
  script.reply = (message: Message) => {
    if (message.type === 'unchoke') for (let count = 0; count < 4; count++) ask();
    if (message.type === 'piece') ask();
  };
}

/** Spoils one request of each piece and rejects the others, so that every piece it touches has several authors. */
export function poisonOneInEach(script: ScriptedPeer, share: TinyShare): void {
  const touched = new Set<number>();
  actAsSeeder(script, share, ({ piece }, truth) => {
    if (touched.has(piece)) return 'reject';
    touched.add(piece);
    return spoilt(truth);
  });
}

/** Every bit of it turned. */
export function spoilt(truth: Bytes): Bytes {
  return truth.map((byte) => byte ^ 0xff);
}
