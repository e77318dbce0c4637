import type { ShareSnapshot, Way } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';

/** By which ways others are found, in one quiet line. */
export function Ways(props: { ways: readonly Way[] }) {
  const shown = props.ways.filter((way) => way.type === 'tracker' || way.count > 0);
  const atWork = shown.filter(mayWork);
  const others = shown.filter((way) => !mayWork(way));
  const words = texts.format.list([...atWork, ...others].map(wordsOf));
  if (words === '') return null;
  return (
    <p class="quiet ways" data-testid="ways">
      {atWork.length > 0 ? texts.ways.through(words) : texts.ways.none(words)}
    </p>
  );
}

/** Trackers that wait for the person's word, where it is needed: nobody has been found without them. */
export function AskTrackers(props: { share: ShareSnapshot; onAsk: () => void }) {
  const { share, onAsk } = props;
  const hosts = unaskedHosts(share);
  const needed = share.state !== 'paused' && share.state !== 'error' && share.peers.length === 0;
  if (hosts.length === 0 || !needed) return null;
  return (
    <div class="note">
      <p>{texts.ways.named(texts.format.list(hosts))}</p>
      <div class="actions">
        <button type="button" class="button" data-testid="ask-trackers" onClick={onAsk}>
          {texts.ways.ask(texts.format.list(hosts))}
        </button>
      </div>
    </div>
  );
}

export function unaskedHosts({ ways }: ShareSnapshot): readonly string[] {
  return ways.flatMap((way) => (way.type === 'tracker' && way.state.type === 'unasked' ? way.host : []));
}

function mayWork(way: Way): boolean {
  return way.type !== 'tracker' || way.state.type === 'connected' || way.state.type === 'connecting';
}

function wordsOf(way: Way): string {
  if (way.type === 'tabs') return texts.ways.tabs(way.count);
  if (way.type !== 'tracker') return texts.ways[way.type];
  const { host, state } = way;
  switch (state.type) {
    case 'connected':
      return host;
    case 'connecting':
      return texts.ways.connecting(host);
    case 'waiting':
      return texts.ways.waiting(host);
    case 'refused':
      return texts.ways.refused(host);
    case 'unasked':
      return texts.ways.unasked(host);
  }
}
