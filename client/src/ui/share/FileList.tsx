import { useMemo, useState } from 'preact/hooks';
import type { FileSnapshot, ShareId, ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';
import { FileRow, type FileRowMode } from './FileRow.tsx';
import { isWhole } from './whole.ts';

const FIRST = 300;

export function FileList(props: { share: ShareSnapshot; save: (id: ShareId, what: number) => void }) {
  const { share, save } = props;
  const { files } = share;
  const [all, setAll] = useState(false);
  const common = useMemo(() => commonFolders(files), [files]);
  if (files.length === 0) return null;
  const mode = modeOf(share);
  return (
    <section>
      <div class="heading">
        <h2>{texts.files.title}</h2>
        <p class="quiet">{texts.files.summary(files.length, share.size)}</p>
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
            save={save}
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

function modeOf(share: ShareSnapshot): FileRowMode {
  if (share.role === 'sharer') return 'plain';
  return isWhole(share) ? 'save' : 'progress';
}

/** 1 when everything lies in one folder, whose name is the title. */
function commonFolders(files: readonly FileSnapshot[]): 0 | 1 {
  const folder = files[0]?.path[0];
  return files.every(({ path }) => path.length > 1 && path[0] === folder) ? 1 : 0;
}
