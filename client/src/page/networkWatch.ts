/** The network information of browsers that have it. */
interface NetworkInformation extends EventTarget {
  /** Wi-Fi, cellular and so on; some tell only of its speed. */
  readonly type?: string | undefined;
}

/** Nothing where the browser tells nothing. */
export function connectionOf(navigator: Navigator): NetworkInformation | undefined {
  return 'connection' in navigator && navigator.connection instanceof EventTarget
    ? navigator.connection
    : undefined;
}

/** Tells when the network is there again, or is another. Of a mere change of speed nothing is told. */
export function watchNetwork(
  page: EventTarget,
  connection: NetworkInformation | undefined,
  changed: () => void,
): void {
  page.addEventListener('online', changed);
  let type = connection?.type;
  connection?.addEventListener('change', () => {
    const before = type;
    type = connection.type;
    if (type !== before && type !== 'none') changed();
  });
}
