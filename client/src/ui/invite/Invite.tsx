import { useId, useRef } from 'preact/hooks';
import type { Command, EntrySnapshot, ShareId } from '@shoal/shared/host/snapshot.ts';
import { CopyButton } from '../share/CopyButton.tsx';
import { QrCode } from '../share/QrCode.tsx';
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
  const words = inviteTexts[isLanguage(texts.language) ? texts.language : 'en'];
  const status = (
    <p role="status" data-testid="invite-state" data-state={stateOf(entry)}>
      {entry && wordsFor(entry, words)}
    </p>
  );
  const answering = entry?.state === 'answered';
  const code = entry?.connected === true ? undefined : entry?.code;
  return (
    <div class="invite">
      <p class="quiet">{words.how}</p>
      {code === undefined ? (
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
      ) : (
        <Code code={code} answering={answering} words={words} />
      )}
      {(code === undefined || !answering) && (
        <CodeField words={words} take={(code) => send({ type: 'take-code', code })} />
      )}
      {status}
    </div>
  );
}

/** What is to be sent to the other. */
function Code(props: { code: string; answering: boolean; words: InviteTexts }) {
  const { code, answering, words } = props;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <div class="invite-code">
      <QrCode link={code} />
      <div class="invite-words">
        <label for={id}>{answering ? words.answer : words.made}</label>
        <textarea
          ref={field}
          id={id}
          class="field"
          readOnly
          rows={4}
          data-testid={answering ? 'invite-answer' : 'invite-code'}
          value={code}
          onFocus={(event) => event.currentTarget.select()}
        />
        <div class="actions">
          <CopyButton
            text={code}
            select={() => field.current?.select()}
            failed={words.copyFailed}
            testId="invite-copy"
          />
        </div>
      </div>
    </div>
  );
}

/** Where the other's code goes. */
function CodeField(props: { words: InviteTexts; take: (code: string) => void }) {
  const id = useId();
  return (
    <div class="invite-words">
      <label for={id}>{props.words.take}</label>
      <textarea
        id={id}
        class="field"
        rows={3}
        autocomplete="off"
        spellcheck={false}
        data-testid="invite-take"
        onInput={({ currentTarget: { value } }) => value.trim().length >= LEAST_CODE && props.take(value)}
      />
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
