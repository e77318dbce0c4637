import type { Settings } from '@shoal/shared/host/snapshot.ts';
import type { PageActions } from '../pageState.ts';
import { texts } from '../texts.ts';
import { Door } from './Door.tsx';
import { LanguageChoice } from './LanguageChoice.tsx';
import { RelayOnly } from './RelayOnly.tsx';
import { UploadLimit } from './UploadLimit.tsx';

export function SettingsBar(props: { settings: Settings; relays: boolean; actions: PageActions }) {
  const { settings, actions } = props;
  return (
    <footer>
      <h2 class="unseen">{texts.settings.title}</h2>
      <UploadLimit
        limit={settings.uploadLimit}
        onChange={(limit) => actions.send({ type: 'set-upload-limit', limit })}
      />
      <RelayOnly
        on={settings.relayOnly}
        relays={props.relays}
        onChange={(on) => actions.send({ type: 'set-relay-only', on })}
      />
      <Door title={texts.settings.finding} testId="finding">
        {({ Finding }) => (
          <Finding chosen={settings.dht} onChange={(to) => actions.send({ type: 'set-dht', to })} />
        )}
      </Door>
      <LanguageChoice onChange={(language) => actions.chooseLanguage(language)} />
    </footer>
  );
}
