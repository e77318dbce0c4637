/** A name that somebody else chose: text, whole, and unable to turn the words around it. */
export function Name(props: { path: readonly string[] }) {
  const folders = props.path.slice(0, -1);
  return (
    <span class="name">
      {folders.length > 0 && (
        <span class="folders">
          {folders.map((folder) => (
            <>
              <bdi>{folder}</bdi>
              {' / '}
            </>
          ))}
        </span>
      )}
      <bdi>{props.path.at(-1) ?? ''}</bdi>
    </span>
  );
}
