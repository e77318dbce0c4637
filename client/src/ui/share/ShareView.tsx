import type { ShareSnapshot, Snapshot, Way } from '@shoal/shared/host/snapshot.ts';
import type { Intake } from '../files/useIntake.ts';
import type { PageActions, PageState } from '../pageState.ts';
import { Door } from '../parts/Door.tsx';
import { texts } from '../texts.ts';
import { Actions } from './Actions.tsx';
import { FileList } from './FileList.tsx';
import { Hints } from './Hints.tsx';
import { Numbers } from './Numbers.tsx';
import { PeerList } from './PeerList.tsx';
import { Problem } from './Problem.tsx';
import { Receiver } from './Receiver.tsx';
import { remedyFor } from './remedy.ts';
import { Sharer } from './Sharer.tsx';
import { Status } from './Status.tsx';
import { Trouble } from './Trouble.tsx';
import { AskTrackers, Ways } from './Ways.tsx';
import { isWhole } from './whole.ts';

export function ShareView(props: {
  snapshot: Snapshot;
  share: ShareSnapshot;
  page: PageState;
  actions: PageActions;
  intake: Intake;
  origin: string;
}) {
  const { snapshot, share, page, actions } = props;
  const parts = {
    actions: hasActions(share) && <Actions key="actions" share={share} page={page} actions={actions} />,
    numbers: meetsPeople(share) && <Numbers key="numbers" share={share} />,
    people: meetsPeople(share) && <PeerList key="people" share={share} />,
    files: <FileList key="files" share={share} actions={actions} />,
  };
  return (
    <main data-testid="share" data-state={share.state}>
      <header class="lead">
        <h1 tabIndex={-1}>
          <bdi>{titleOf(share)}</bdi>
        </h1>
        <Status share={share} />
      </header>
      <Problem share={share} page={page} actions={actions} intake={props.intake} origin={props.origin} />
      {share.role === 'sharer' ? <Sharer share={share} /> : <Receiver share={share} />}
      <AskTrackers share={share} onAsk={() => actions.send({ type: 'ask-trackers', id: share.id })} />
      <Trouble share={share} relayOnly={snapshot.settings.relayOnly} />
      <Hints snapshot={snapshot} share={share} />
      {orderOf(share).map((part) => parts[part])}
      {mayInvite(share) && (
        <Door title={texts.inviteTitle} testId="invite" open={snapshot.entry !== undefined}>
          {({ Invite }) => <Invite share={share.id} entry={snapshot.entry} send={actions.send} />}
        </Door>
      )}
      {share.state === 'connecting' && <Ways ways={share.ways.filter(isAtWork)} />}
    </main>
  );
}

type Part = 'actions' | 'numbers' | 'people' | 'files';

/** What matters most to this person at this moment comes first. */
function orderOf(share: ShareSnapshot): readonly Part[] {
  if (share.role === 'sharer') return ['numbers', 'actions', 'people', 'files'];
  if (!isWhole(share)) return ['actions', 'numbers', 'files', 'people'];
  return share.files.length === 1
    ? ['files', 'actions', 'numbers', 'people']
    : ['actions', 'files', 'numbers', 'people'];
}

/** A link that cannot be opened leaves nothing behind to act on. */
function hasActions({ problem }: ShareSnapshot): boolean {
  const remedy = problem && remedyFor(problem);
  return remedy !== 'paste-link' && remedy !== 'choose-anew';
}

function titleOf(share: ShareSnapshot): string {
  if (share.title !== '') return share.title;
  if (share.problem) return texts.wrong;
  return share.role === 'sharer' ? texts.preparing : texts.opening;
}

/** Somebody who takes part may bring others in, or be brought. */
function mayInvite({ state }: ShareSnapshot): boolean {
  return state !== 'preparing' && state !== 'paused' && state !== 'error';
}

/** What waits for the person's word has a place of its own. */
function isAtWork(way: Way): boolean {
  return way.type !== 'tracker' || way.state.type !== 'unasked';
}

function meetsPeople({ state }: ShareSnapshot): boolean {
  return state !== 'preparing' && state !== 'connecting' && state !== 'error';
}
