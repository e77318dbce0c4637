import type { Command, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { FilePicker } from '../files/FilePicker.tsx';
import type { Intake } from '../files/useIntake.ts';
import type { LinkElsewhere } from '../files/usePasting.ts';
import { texts } from '../texts.ts';
import { Honesty } from './Honesty.tsx';
import { LinkForm } from './LinkForm.tsx';
import { ShareList } from './ShareList.tsx';

export function Landing(props: {
  snapshot: Snapshot;
  intake: Intake;
  origin: string;
  /** A link of another site, pasted somewhere. */
  stray: LinkElsewhere | undefined;
  send: (command: Command) => void;
}) {
  const { send } = props;
  return (
    <main>
      <header class="lead">
        <h1 tabIndex={-1}>{texts.landing.title}</h1>
        <p>{texts.landing.sentence}</p>
      </header>
      <FilePicker intake={props.intake} invitation={texts.picker.share} />
      <LinkForm
        origin={props.origin}
        stray={props.stray}
        onOpen={(fragment) => send({ type: 'open-link', fragment })}
      />
      <ShareList shares={props.snapshot.shares} send={send} />
      <Honesty />
    </main>
  );
}
