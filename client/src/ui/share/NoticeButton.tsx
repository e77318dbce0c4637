import type { ShareId } from '@shoal/shared/host/snapshot.ts';
import type { PageActions, PageState } from '../pageState.ts';
import { texts } from '../texts.ts';

/** Offers to tell when a download is done. The browser asks for leave only after this was pressed. */
export function NoticeButton(props: { share: ShareId; page: PageState; actions: PageActions }) {
  const { share, page, actions } = props;
  if (page.permission === 'unavailable') return null;
  if (page.permission === 'denied')
    return (
      <p class="quiet whole-row" role="status">
        {texts.notice.denied}
      </p>
    );
  if (page.awaited.has(share))
    return (
      <p class="quiet whole-row" role="status">
        {texts.notice.on}
      </p>
    );
  return (
    <button
      type="button"
      class="button plain whole-row"
      data-testid="tell"
      onClick={() => actions.tellWhenDone(share)}
    >
      {texts.notice.ask}
    </button>
  );
}
