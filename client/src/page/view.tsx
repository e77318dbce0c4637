import type { Snapshot } from '@shoal/shared/host/snapshot.ts';
import { render } from 'preact';
import { App } from '../ui/App.tsx';
import type { PageActions, PageState } from '../ui/pageState.ts';

/** What is drawn: the latest snapshot together with the page's own state. */
export class View {
  readonly #place: Element;
  readonly #actions: PageActions;
  readonly #state: () => PageState;
  #snapshot: Snapshot;
  #begun = false;

  constructor(place: Element, first: Snapshot, actions: PageActions, state: () => PageState) {
    this.#place = place;
    this.#snapshot = first;
    this.#actions = actions;
    this.#state = state;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Draws from now on: once the page knows its language. */
  begin(): void {
    this.#begun = true;
    this.draw();
  }

  show(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    this.draw();
  }

  draw(): void {
    if (!this.#begun) return;
    const { origin } = location;
    render(
      <App snapshot={this.#snapshot} page={this.#state()} actions={this.#actions} origin={origin} />,
      this.#place,
    );
  }
}
