import { Component, type ComponentClass, type ComponentChildren } from 'preact';
import { texts } from '../texts.ts';

/**
 * Draws a part again only when one of its props is another, since unchanged parts of a snapshot keep their reference,
 * or when the page speaks another language.
 */
export function memo<Props extends object>(Part: (props: Props) => ComponentChildren): ComponentClass<Props> {
  return class Memo extends Component<Props> {
    #drawn = texts;

    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      return this.#drawn !== texts || differ(this.props, next);
    }

    override render(props: Props): ComponentChildren {
      this.#drawn = texts;
      return <Part {...props} />;
    }
  };
}

function differ(old: object, next: object): boolean {
  const before = new Map<string, unknown>(Object.entries(old));
  const after = Object.entries(next);
  return after.length !== before.size || after.some(([name, value]) => before.get(name) !== value);
}
