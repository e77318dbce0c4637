import type { FileSnapshot, ShareId } from '@shoal/shared/host/snapshot.ts';
import { percentOf } from '../formats.ts';
import type { PageActions } from '../pageState.ts';
import { memo } from '../parts/memo.tsx';
import { Name } from '../parts/Name.tsx';
import { texts } from '../texts.ts';

export type FileRowMode = 'plain' | 'progress' | 'save';

export const FileRow = memo(function FileRow(props: {
  share: ShareId;
  file: FileSnapshot;
  /** Folders that all files have in common, and that the title tells. */
  common: number;
  mode: FileRowMode;
  alone: boolean;
  actions: PageActions;
  /** Where files can be left out. */
  choose: ((file: number, wanted: boolean) => void) | undefined;
}) {
  const { file, mode, choose, actions } = props;
  const name = file.path.at(-1) ?? '';
  return (
    <li class={file.wanted ? 'file-row' : 'file-row left-out'} data-testid="file-row">
      {choose && mode !== 'save' && (
        <input
          class="check"
          type="checkbox"
          checked={file.wanted}
          aria-label={texts.files.want(name)}
          onChange={(event) => choose(file.index, event.currentTarget.checked)}
        />
      )}
      <Name path={file.path.slice(props.common)} />
      <span class="file-size">
        {mode === 'progress' && file.wanted && file.have > 0 && <FileProgress file={file} />}{' '}
        {texts.format.bytes(file.size)}
      </span>
      {mode === 'save' && file.wanted && (
        <button
          type="button"
          class={props.alone ? 'button primary' : 'button small'}
          data-testid="save"
          aria-label={texts.actions.saveNamed(name)}
          onClick={() => actions.save(props.share, file.index)}
        >
          {texts.actions.save}
        </button>
      )}
      {mode === 'save' && !file.wanted && (
        <button
          type="button"
          class="button small"
          data-testid="get"
          aria-label={texts.files.want(name)}
          onClick={() => choose?.(file.index, true)}
        >
          {texts.files.get}
        </button>
      )}
    </li>
  );
});

function FileProgress(props: { file: FileSnapshot }) {
  const { have, size } = props.file;
  if (have < size) return <span class="file-progress">{texts.format.percent(percentOf(have, size))} · </span>;
  return (
    <span class="file-here" role="img" aria-label={texts.files.here}>
      ✓
    </span>
  );
}
