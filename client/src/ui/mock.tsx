import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { App } from './App.tsx';
import { pages, snapshots } from './mock/snapshots.ts';
import type { PageActions, PageState } from './pageState.ts';
import { speak } from './texts.ts';
import { isLanguage, type Language, loadTexts } from './texts/languages.ts';
import { type Missing, Unsupported } from './Unsupported.tsx';

/** The real page on a session that only shows states: `?state=NAME`, `?lang=CODE`, `?bare` without the picker. For development. */
const query = new URLSearchParams(location.search);
const missing: readonly Missing[] = ['secure-context', 'webrtc', 'service-worker'];
const usual: PageState = { saves: [], awaited: new Set(), permission: 'unasked' };
const states = [...Object.keys(snapshots), ...missing];

function Mock() {
  const [state, setState] = useState(query.get('state') ?? 'landing');
  const [told, setTold] = useState('');
  const [language, setLanguage] = useState<Language>('en');
  const [actions] = useState(() => telling((what) => setTold(JSON.stringify(what)), setLanguage));
  useEffect(() => {
    const wished = query.get('lang') ?? '';
    if (isLanguage(wished)) void spoken(wished).then(setLanguage);
  }, []);
  return (
    <>
      {!query.has('bare') && <StatePicker state={state} told={told} onPick={setState} />}
      <Page key={state} state={state} language={language} actions={actions} />
    </>
  );
}

async function spoken(language: Language): Promise<Language> {
  const texts = await loadTexts(language);
  speak(texts);
  document.documentElement.lang = texts.language;
  return language;
}

function telling(tell: (what: unknown) => void, chosen: (language: Language) => void): PageActions {
  return {
    send: tell,
    save: (id, what) => tell({ save: id, what }),
    useNewVersion: () => tell({ useNewVersion: true }),
    dismissSave: (key) => tell({ dismiss: key }),
    tellWhenDone: (id) => tell({ tellWhenDone: id }),
    chooseLanguage: (language) => void spoken(language).then(chosen),
  };
}

function Page(props: { state: string; language: Language; actions: PageActions }) {
  const lacking = missing.find((name) => name === props.state);
  if (lacking) return <Unsupported missing={lacking} origin="http://192.168.1.20:8080" />;
  const snapshot = snapshots[props.state];
  if (!snapshot) return <p>{props.state}: no such state</p>;
  const page = pages[props.state] ?? usual;
  return <App snapshot={snapshot} page={page} actions={props.actions} origin="https://shoal.example" />;
}

function StatePicker(props: { state: string; told: string; onPick: (state: string) => void }) {
  return (
    <label>
      State{' '}
      <select value={props.state} onChange={(event) => props.onPick(event.currentTarget.value)}>
        {states.map((name) => (
          <option key={name} data-state={name}>
            {name}
          </option>
        ))}
      </select>{' '}
      <output>{props.told}</output>
    </label>
  );
}

const root = document.getElementById('root');
if (root) render(<Mock />, root);
