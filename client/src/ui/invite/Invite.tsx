import { useId, useRef } from 'preact/hooks';
import type { Command, EntrySnapshot, ShareId } from '@shoal/shared/host/snapshot.ts';
import { CopyButton } from '../share/CopyButton.tsx';
import { QrCode } from '../share/QrCode.tsx';
import { texts } from '../texts.ts';
import { languageOf } from '../texts/languages.ts';
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
  const words = inviteTexts[languageOf(texts)];
  const answering = entry?.state === 'answered';
  const code = entry?.connected === true ? undefined : entry?.code;
  const said = entry ? wordsFor(entry, words) : '';
  const link = entry?.share === share ? entry.link : undefined;
  return (
    <div class="invite">
      <p class="quiet">{words.how}</p>
      <div class="live" role="status" data-testid="invite-state" data-state={stateOf(entry)}>
        {said !== '' && <p class={entry?.problem ? 'note alert' : 'note'}>{said}</p>}
      </div>
      {code === undefined ? (
        <div class="actions">
          <button
            type="button"
            class={entry?.problem ? 'button primary' : 'button'}
            data-testid="invite-make"
            onClick={() => send({ type: 'make-invitation', share })}
          >
            {words.make}
          </button>
        </div>
      ) : (
        <Code code={code} link={link} answering={answering} words={words} />
      )}
      {(code === undefined || !answering) && (
        <CodeField words={words} take={(code) => send({ type: 'take-code', code })} />
      )}
    </div>
  );
}

/** What is to be sent to the other. */
function Code(props: { code: string; link: string | undefined; answering: boolean; words: InviteTexts }) {
  const { code, link, answering, words } = props;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const select = () => field.current?.select();
  return (
    <div class="invite-code">
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
          <CopyButton text={code} select={select} failed={words.copyFailed} testId="invite-copy" />
          {link && (
            <CopyButton
              text={link}
              select={select}
              failed={words.copyFailed}
              label={words.copyLink}
              testId="invite-copy-link"
            />
          )}
        </div>
        <p class="quiet">{words.soon}</p>
        {link && <p class="quiet">{words.scan(new URL(link).host)}</p>}
      </div>
      <QrCode link={link ?? code} />
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

function wordsFor({ state, connected, problem }: EntrySnapshot, words: InviteTexts): string {
  if (connected) return words.connected;
  if (problem !== undefined) return problemWords(problem, words);
  if (state === 'working') return words.working;
  return state === 'taken' ? words.taken : '';
}

function problemWords(problem: NonNullable<EntrySnapshot['problem']>, words: InviteTexts): string {
  switch (problem) {
    case 'malformed':
    case 'mistyped':
      return words.incomplete;
    case 'no-room':
      return words.noRoom;
    case 'no-overlay':
      return words.noOverlay;
    case 'unsupported':
    case 'own':
    case 'expired':
    case 'unreached':
      return words[problem];
  }
}
