import type { Command, ShareSummary } from '@shoal/shared/host/snapshot.ts';
import { FilePicker } from '../files/FilePicker.tsx';
import type { Intake } from '../files/useIntake.ts';
import { texts } from '../texts.ts';
import { Honesty } from './Honesty.tsx';
import { LinkForm } from './LinkForm.tsx';
import { ShareList } from './ShareList.tsx';

export function Landing(props: {
  shares: readonly ShareSummary[];
  intake: Intake;
  origin: string;
  send: (command: Command) => void;
}) {
  const { send } = props;
  return (
    <main>
      <header class="lead">
        <h1>{texts.landing.title}</h1>
        <p>{texts.landing.sentence}</p>
      </header>
      <FilePicker intake={props.intake} invitation={texts.picker.share} />
      <LinkForm origin={props.origin} onOpen={(fragment) => send({ type: 'open-link', fragment })} />
      <ShareList shares={props.shares} send={send} />
      <Honesty />
    </main>
  );
}
