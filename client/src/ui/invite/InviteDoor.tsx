import { useEffect, useState } from 'preact/hooks';
import type { ShareId, Snapshot } from '@shoal/shared/host/snapshot.ts';
import type { PageActions } from '../pageState.ts';
import { texts } from '../texts.ts';
import type { Invite } from './Invite.tsx';

/** After the page has begun, in milliseconds: the server may be gone when somebody asks for it. */
const SOON = 10_000;

/** What is behind it is loaded when all else is there. */
export function InviteDoor(props: { share: ShareId; snapshot: Snapshot; send: PageActions['send'] }) {
  const { share, snapshot, send } = props;
  const [Panel, setPanel] = useState<typeof Invite>();
  const load = () => {
    import('./Invite.tsx').then(
      (loaded) => setPanel(() => loaded.Invite),
      () => undefined,
    );
  };
  useEffect(() => {
    const timer = setTimeout(load, SOON);
    return () => clearTimeout(timer);
  }, []);
  return (
    <details data-testid="invite" onToggle={load}>
      <summary>{texts.inviteTitle}</summary>
      {Panel && <Panel share={share} entry={snapshot.entry} send={send} />}
    </details>
  );
}
