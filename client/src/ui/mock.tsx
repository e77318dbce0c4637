import { render } from 'preact';
import { useState } from 'preact/hooks';
import { App } from './App.tsx';
import { snapshots } from './mock/snapshots.ts';
import { type Missing, Unsupported } from './Unsupported.tsx';

/** The real page on a session that only shows states: `?state=NAME`, `?bare` without the picker. For development. */
const query = new URLSearchParams(location.search);
const missing: readonly Missing[] = ['secure-context', 'webrtc', 'service-worker'];
const states = [...Object.keys(snapshots), ...missing];

function Mock() {
  const [state, setState] = useState(query.get('state') ?? 'landing');
  const [told, setTold] = useState('');
  const tell = (what: unknown) => setTold(JSON.stringify(what));
  const [send] = useState(() => (command: unknown) => tell(command));
  const [save] = useState(() => (id: string, what: unknown) => tell({ save: id, what }));
  return (
    <>
      {!query.has('bare') && <StatePicker state={state} told={told} onPick={setState} />}
      <Page key={state} state={state} send={send} save={save} />
    </>
  );
}

function Page(props: {
  state: string;
  send: (command: unknown) => void;
  save: (id: string, what: unknown) => void;
}) {
  const lacking = missing.find((name) => name === props.state);
  if (lacking) return <Unsupported missing={lacking} origin="http://192.168.1.20:8080" />;
  const snapshot = snapshots[props.state];
  if (!snapshot) return <p>{props.state}: no such state</p>;
  return <App snapshot={snapshot} send={props.send} save={props.save} origin="https://shoal.example" />;
}

function StatePicker(props: { state: string; told: string; onPick: (state: string) => void }) {
  return (
    <label>
      State{' '}
      <select value={props.state} onChange={(event) => props.onPick(event.currentTarget.value)}>
        {states.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>{' '}
      <output>{props.told}</output>
    </label>
  );
}

const root = document.getElementById('root');
if (root) render(<Mock />, root);
