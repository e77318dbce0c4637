import type { Command, ShareProblem, ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { FilePicker } from '../files/FilePicker.tsx';
import type { Intake } from '../files/useIntake.ts';
import { LinkForm } from '../landing/LinkForm.tsx';
import { texts } from '../texts.ts';
import { problemWords } from './problemWords.ts';
import { remedyFor } from './remedy.ts';

interface ProblemProps {
  readonly share: ShareSnapshot;
  readonly intake: Intake;
  readonly origin: string;
  readonly send: (command: Command) => void;
}

export function Problem(props: ProblemProps) {
  const { problem } = props.share;
  if (!problem) return null;
  const words = problemWords(problem);
  return (
    <section class="problem">
      <div
        class={problem.code === 'files-needed' ? 'note' : 'note alert'}
        role="alert"
        data-testid="error"
        data-code={problem.code}
      >
        <p>
          <strong>{words.title}</strong>
        </p>
        <p>{words.todo}</p>
      </div>
      <RemedyPart {...props} problem={problem} />
    </section>
  );
}

function RemedyPart(props: ProblemProps & { problem: ShareProblem }) {
  const { send, share } = props;
  switch (remedyFor(props.problem)) {
    case 'paste-link':
      return <LinkForm origin={props.origin} onOpen={(fragment) => send({ type: 'open-link', fragment })} />;
    case 'give-files':
      return <FilePicker intake={props.intake} invitation={texts.picker.again} />;
    case 'choose-anew':
      return <FilePicker intake={props.intake} invitation={texts.picker.share} />;
    case 'retry':
      return (
        <button
          type="button"
          class="button primary"
          data-testid="resume"
          onClick={() => send({ type: 'resume', id: share.id })}
        >
          {texts.actions.retry}
        </button>
      );
    case 'none':
      return null;
  }
}
