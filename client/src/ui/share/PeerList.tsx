import { useState } from 'preact/hooks';
import type { ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';
import { PeerRow } from './PeerRow.tsx';
import { Ways } from './Ways.tsx';

const FIRST = 8;

export function PeerList(props: { share: ShareSnapshot }) {
  const [all, setAll] = useState(false);
  const { role, peers, ways } = props.share;
  const nobody = role === 'sharer' ? texts.people.nobodySharer : texts.people.nobodyReceiver;
  return (
    <section>
      <h2>{texts.people.title}</h2>
      {peers.length === 0 && <p class="quiet">{nobody}</p>}
      <ul class="rows">
        {(all ? peers : peers.slice(0, FIRST)).map((peer) => (
          <PeerRow key={peer.id} peer={peer} />
        ))}
      </ul>
      {!all && peers.length > FIRST && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {texts.people.all(peers.length)}
        </button>
      )}
      <Ways ways={ways} />
    </section>
  );
}
