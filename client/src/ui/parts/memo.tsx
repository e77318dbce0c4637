import { Component, type ComponentClass, type ComponentChildren } from 'preact';

/** Draws a part again only when one of its props is another: unchanged parts of a snapshot keep their reference. */
export function memo<Props extends object>(Part: (props: Props) => ComponentChildren): ComponentClass<Props> {
  return class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      return differ(this.props, next);
    }

    override render(props: Props): ComponentChildren {
      return <Part {...props} />;
    }
  };
}

function differ(old: object, next: object): boolean {
  const before = new Map<string, unknown>(Object.entries(old));
  const after = Object.entries(next);
  return after.length !== before.size || after.some(([name, value]) => before.get(name) !== value);
}
