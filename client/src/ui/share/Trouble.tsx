import type { ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';

const PATIENCE_MS = 3000;

/** Why nobody may be connected, once that has lasted. */
export function Trouble(props: { share: ShareSnapshot }) {
  const { share } = props;
  return (
    <div class="live" role="status">
      {share.alone >= PATIENCE_MS && (
        <div class="note" data-testid="trouble">
          <h2>{texts.trouble.title}</h2>
          <ul>
            {causesOf(share).map((cause) => (
              <li key={cause}>{cause}</li>
            ))}
          </ul>
          <p class="quiet">{texts.trouble.wait}</p>
        </div>
      )}
    </div>
  );
}

function causesOf(share: ShareSnapshot): readonly string[] {
  if (share.tracker !== 'connected') return texts.trouble.unreachable;
  return share.members ? texts.trouble.blocked(share.members) : texts.trouble.nobody;
}
