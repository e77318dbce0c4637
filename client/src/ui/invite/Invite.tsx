import { useId } from 'preact/hooks';
import type { Command, EntrySnapshot, ShareId } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';
import { isLanguage } from '../texts/languages.ts';
import { type InviteTexts, inviteTexts } from './inviteTexts.ts';

/** No code is as short as that: somebody is typing. */
const LEAST_CODE = 40;

/** First contact without a server: a code to send, and a place for the one that comes back. */
export function Invite(props: {
  share: ShareId;
  entry: EntrySnapshot | undefined;
  send: (command: Command) => void;
}) {
  const { share, entry, send } = props;
  const [given, taken] = [useId(), useId()];
  const words = inviteTexts[isLanguage(texts.language) ? texts.language : 'en'];
  const answering = entry?.state === 'answered';
  return (
    <div>
      <p class="quiet">{words.how}</p>
      <div class="actions">
        <button
          type="button"
          class="button"
          data-testid="invite-make"
          onClick={() => send({ type: 'make-invitation', share })}
        >
          {words.make}
        </button>
      </div>
      {entry?.code !== undefined && (
        <p>
          <label for={given}>{answering ? words.answer : words.made}</label>
          <textarea
            id={given}
            readOnly
            rows={4}
            data-testid={answering ? 'invite-answer' : 'invite-code'}
            value={entry.code}
          />
        </p>
      )}
      <p>
        <label for={taken}>{words.take}</label>
        <textarea
          id={taken}
          rows={4}
          data-testid="invite-take"
          onInput={({ currentTarget: { value } }) =>
            value.trim().length >= LEAST_CODE && send({ type: 'take-code', code: value })
          }
        />
      </p>
      <p role="status" data-testid="invite-state" data-state={stateOf(entry)}>
        {entry && wordsFor(entry, words)}
      </p>
    </div>
  );
}

function stateOf(entry: EntrySnapshot | undefined): string {
  return entry?.connected === true ? 'connected' : (entry?.state ?? 'none');
}

function wordsFor({ state, connected }: EntrySnapshot, words: InviteTexts): string {
  if (connected) return words.connected;
  if (state === 'working') return words.working;
  if (state === 'failed') return words.failed;
  return state === 'taken' ? words.taken : '';
}
