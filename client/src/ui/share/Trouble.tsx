import type { ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';
import { unaskedHosts } from './Ways.tsx';

const PATIENCE_MS = 3000;

/** Why nobody may be connected, once that has lasted and all has been tried. A sharer without visitors has no trouble. */
export function Trouble(props: { share: ShareSnapshot; relayOnly: boolean }) {
  const { share } = props;
  const awaited = share.role === 'receiver' || (share.state === 'sharing' && (share.members ?? 0) > 0);
  return (
    <div class="live" role="status">
      {awaited && share.alone >= PATIENCE_MS && unaskedHosts(share).length === 0 && (
        <div class="note" data-testid="trouble">
          <h2>{texts.trouble.title}</h2>
          <ul>
            {causesOf(share, props.relayOnly).map((cause) => (
              <li key={cause}>{cause}</li>
            ))}
          </ul>
          <p class="quiet">{texts.trouble.wait}</p>
        </div>
      )}
    </div>
  );
}

function causesOf(share: ShareSnapshot, relayOnly: boolean): readonly string[] {
  if (share.tracker !== 'connected') return texts.trouble.unreachable;
  if (share.members && relayOnly) return [texts.trouble.relayOnly];
  return share.members ? texts.trouble.blocked(share.members) : texts.trouble.nobody;
}
