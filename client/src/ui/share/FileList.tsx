import { useMemo, useState } from 'preact/hooks';
import type { FileSnapshot, ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import type { PageActions } from '../pageState.ts';
import { texts } from '../texts.ts';
import { FileRow, type FileRowMode } from './FileRow.tsx';
import { useChoosing } from './useChoosing.ts';
import { isWhole } from './whole.ts';

const FIRST = 300;

export function FileList(props: { share: ShareSnapshot; actions: PageActions }) {
  const { share, actions } = props;
  const { files } = share;
  const [all, setAll] = useState(false);
  const common = useMemo(() => commonFolders(files), [files]);
  const choosing = useChoosing(share, actions);
  if (files.length === 0) return null;
  const mode = modeOf(share);
  const choosable = share.role === 'receiver' && files.length > 1;
  return (
    <section>
      <div class="heading">
        <h2>{texts.files.title}</h2>
        <p class="quiet">{summaryOf(share)}</p>
        {choosable && share.state === 'ready' && (
          <button type="button" class="button plain" onClick={choosing.toggleAll}>
            {files.some(({ wanted }) => wanted) ? texts.files.wantNone : texts.files.wantAll}
          </button>
        )}
      </div>
      <ul class={files.length > FIRST ? 'rows long' : 'rows'}>
        {(all ? files : files.slice(0, FIRST)).map((file) => (
          <FileRow
            key={file.index}
            share={share.id}
            file={file}
            common={common}
            mode={mode}
            alone={files.length === 1}
            actions={actions}
            choose={choosable && share.state !== 'error' ? choosing.choose : undefined}
          />
        ))}
      </ul>
      {!all && files.length > FIRST && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {texts.files.all(files.length)}
        </button>
      )}
    </section>
  );
}

function summaryOf({ files, size }: ShareSnapshot): string {
  const wanted = files.reduce((count, file) => count + Number(file.wanted), 0);
  return wanted === files.length
    ? texts.files.summary(wanted, size)
    : texts.files.wanted(wanted, files.length, size);
}

function modeOf(share: ShareSnapshot): FileRowMode {
  if (share.role === 'sharer') return 'plain';
  return isWhole(share) ? 'save' : 'progress';
}

/** 1 when everything lies in one folder, whose name is the title. */
function commonFolders(files: readonly FileSnapshot[]): 0 | 1 {
  const folder = files[0]?.path[0];
  return files.every(({ path }) => path.length > 1 && path[0] === folder) ? 1 : 0;
}
