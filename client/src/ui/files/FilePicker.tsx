import { useId } from 'preact/hooks';
import { isolate } from '../formats.ts';
import { Mark } from '../parts/Mark.tsx';
import { texts } from '../texts.ts';
import type { Intake, IntakeState } from './useIntake.ts';

/** Not among the attributes that TypeScript knows. */
const WHOLE_FOLDER = { webkitdirectory: true };

/** Where files come in: a place to drop them, and the two choosers. */
export function FilePicker(props: { intake: Intake; invitation: string }) {
  const { state, list, pick } = props.intake;
  return (
    <div class="picker" data-testid="drop-target" aria-busy={state.type === 'reading'}>
      <Mark />
      <p class="picker-invitation">{props.invitation}</p>
      <div class="picker-choosers">
        <Chooser testId="file-input" label={texts.picker.files} primary onFiles={list} onPick={pick} />
        <Chooser testId="folder-input" label={texts.picker.folder} folder onFiles={list} onPick={pick} />
      </div>
      <p class="picker-note" role="status">
        {noteOf(state)}
      </p>
    </div>
  );
}

function Chooser(props: {
  testId: string;
  label: string;
  primary?: boolean;
  folder?: boolean;
  onFiles: (files: ArrayLike<File>) => void;
  onPick: Intake['pick'];
}) {
  const id = useId();
  const press = (event: Event, input: HTMLInputElement) => {
    if (props.onPick === undefined) return;
    event.preventDefault();
    props.onPick(props.folder ? 'folder' : 'files', () => input.showPicker());
  };
  const choose = (input: HTMLInputElement) => {
    const files = Array.from(input.files ?? []);
    input.value = '';
    if (files.length > 0) props.onFiles(files);
  };
  return (
    <span class="chooser">
      <input
        id={id}
        class="unseen"
        type="file"
        multiple
        data-testid={props.testId}
        onClick={(event) => press(event, event.currentTarget)}
        onChange={(event) => choose(event.currentTarget)}
        {...(props.folder ? WHOLE_FOLDER : {})}
      />
      <label for={id} class={props.primary ? 'button primary' : 'button'}>
        {props.label}
      </label>
    </span>
  );
}

function noteOf(state: IntakeState): string {
  switch (state.type) {
    case 'idle':
      return '';
    case 'reading':
      return texts.picker.reading;
    case 'empty':
      return texts.picker.empty;
    case 'unreadable':
      return texts.picker.unreadable(isolate(state.name));
  }
}
