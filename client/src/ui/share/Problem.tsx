import type { ShareProblem, ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { FilePicker } from '../files/FilePicker.tsx';
import type { Intake } from '../files/useIntake.ts';
import { LinkForm } from '../landing/LinkForm.tsx';
import type { PageActions, PageState } from '../pageState.ts';
import { texts } from '../texts.ts';
import { GiveAgain } from './GiveAgain.tsx';
import { problemWords } from './problemWords.ts';
import { remedyFor } from './remedy.ts';

interface ProblemProps {
  readonly share: ShareSnapshot;
  readonly page: PageState;
  readonly actions: PageActions;
  readonly intake: Intake;
  readonly origin: string;
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
  const { share, page, actions } = props;
  const { send } = actions;
  switch (remedyFor(props.problem)) {
    case 'paste-link':
      return <LinkForm origin={props.origin} onOpen={(fragment) => send({ type: 'open-link', fragment })} />;
    case 'give-files':
      return (
        <>
          {page.again && (
            <GiveAgain state={page.again} onPress={() => actions.lasting?.giveAgain(share.id)} />
          )}
          <FilePicker intake={props.intake} invitation={texts.picker.again} />
        </>
      );
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
